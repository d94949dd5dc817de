import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { DirectoryError, errnoOf, type OnShortcoming, type Shortcoming } from './directory-error.js';

/**
 * A directory that is held open while files are put into it, so that only the sync itself can fail once they are visible.
 */
export class OpenDirectory {
  /**
   * Whether new files have the right mode from the start, as one of them has shown. It is so for all of them or none: it depends
   * on the umask, the mount and the default access list of the directory.
   */
  givesMode = false;

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    readonly onShortcoming: OnShortcoming,
  ) {}

  /** @throws DirectoryError */
  static async open(path: string, onShortcoming: OnShortcoming): Promise<OpenDirectory> {
    try {
      return new OpenDirectory(path, await open(path, READ_DIRECTORY), onShortcoming);
    } catch (error) {
      throw DirectoryError.from('cannot be opened', error);
    }
  }

  /**
   * Brings the directory's entries to disk. A file system without this operation is reported as a shortcoming. Then
   * only the file system decides when a name is on disk.
   *
   * @throws DirectoryError
   */
  async sync(): Promise<void> {
    try {
      await this.handle.sync();
    } catch (error) {
      if (!UNSUPPORTED.has(errnoOf(error))) throw DirectoryError.from('cannot be synced', error);
      this.onShortcoming(NO_SYNC);
    }
  }

  /** Never fails: the entries have been synced, or it is known that they have not been. */
  async stop(): Promise<void> {
    await this.handle.close().catch(() => undefined);
  }
}

const READ_DIRECTORY = constants.O_RDONLY | constants.O_DIRECTORY;

const UNSUPPORTED = new Set(['EINVAL', 'EBADF', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

const NO_SYNC: Shortcoming = {
  code: 'DIRECTORY_SYNC_UNSUPPORTED',
  text: 'The file system cannot sync a directory: after a power cut the names of the last files may be missing.',
};
