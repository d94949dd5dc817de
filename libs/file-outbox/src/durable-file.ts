import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { DirectoryError, errnoOf, type OnShortcoming } from './directory-error.js';
import type { OpenDirectory } from './open-directory.js';

/** Readers of the directory must ignore names with this ending. */
export const UNFINISHED_SUFFIX = '.tmp';

const MODE = 0o640;

/**
 * The outcome of a write.
 * - `visible`: the file is complete under its name. The name is on disk once the directory has been synced.
 * - `absent`: the file is certainly not there.
 * - `unknown`: the file may be there.
 */
export type FileOutcome =
  { readonly kind: 'visible' } | { readonly kind: 'absent' | 'unknown'; readonly error: DirectoryError };

/**
 * Writes a file that is either complete or not there. It is written under another name in the same directory, synced and
 * then renamed. A file of that name is replaced. An unfinished file is removed where that is possible.
 */
export async function writeDurably(
  directory: OpenDirectory,
  name: string,
  content: string,
): Promise<FileOutcome> {
  const unfinished = join(directory.path, `${name}.${randomSuffix()}`);
  try {
    await writeSynced(unfinished, content, directory.onShortcoming);
  } catch (error) {
    await unlink(unfinished).catch(() => undefined);
    return { kind: 'absent', error: DirectoryError.from('cannot be written to', error) };
  }
  try {
    await rename(unfinished, join(directory.path, name));
    return { kind: 'visible' };
  } catch (error) {
    const kind = await afterFailedRename(unfinished);
    return { kind, error: DirectoryError.from('cannot be written to', error) };
  }
}

/** The end of a file name that no other write uses. */
export function randomSuffix(): string {
  return `${randomBytes(6).toString('hex')}${UNFINISHED_SUFFIX}`;
}

/** A network file system may report that a rename failed although it has done it. Where the old name still exists, it has not. */
async function afterFailedRename(unfinished: string): Promise<'absent' | 'unknown'> {
  try {
    await unlink(unfinished);
    return 'absent';
  } catch {
    return 'unknown';
  }
}

async function writeSynced(path: string, content: string, onShortcoming: OnShortcoming): Promise<void> {
  const handle = await open(path, 'wx', MODE);
  try {
    await setMode(handle, onShortcoming);
    await handle.writeFile(content, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The umask may have changed the mode. Mounts that give all files one mode and one owner refuse to change it. */
async function setMode(handle: FileHandle, onShortcoming: OnShortcoming): Promise<void> {
  const mode = (await handle.stat()).mode & 0o777;
  if (mode === MODE) return;
  try {
    await handle.chmod(MODE);
  } catch (error) {
    if (!REFUSED.has(errnoOf(error))) throw error;
    onShortcoming({
      code: 'FILE_MODE_REFUSED',
      text: `The file system gives files the mode ${octal(mode)} and refuses to change it to ${octal(MODE)}.`,
    });
  }
}

const REFUSED = new Set(['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL']);

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
