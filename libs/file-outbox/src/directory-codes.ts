import type { KnownErrno } from './directory-error.js';

const MOUNT = 'the mount; `…extract.to.dirname`';
const RIGHTS =
  'owner, group and mode of the directory: it needs read, write and search; `text` names the user and what it may not do';
const SPACE = 'the program that takes the files away: does it still run?';
const NO_SUCH_OPERATION = {
  meaning: 'The file system cannot open a directory, or cannot sync a file: it is of no use',
  remedy: 'another file system or other mount options',
} as const;

/**
 * Codes of a directory that takes no files, by the errno. Each has a `meaning`, a sentence without its full stop, and a
 * `remedy`, in Markdown with links from docs/. An errno that is not here makes a code all the same.
 */
export const DIRECTORY_DOWN_CODES = {
  DIRECTORY_ENOSPC: { meaning: 'No space is left on the device', remedy: SPACE },
  DIRECTORY_EDQUOT: { meaning: 'The quota is used up', remedy: SPACE },
  DIRECTORY_EROFS: {
    meaning: 'The directory is mounted read-only',
    remedy: 'the mount; `dmesg`: a file system with errors turns read-only',
  },
  DIRECTORY_ENOENT: { meaning: 'The directory is gone, or not mounted', remedy: MOUNT },
  DIRECTORY_ENOTDIR: { meaning: 'The path leads to no directory', remedy: MOUNT },
  DIRECTORY_EACCES: { meaning: "The daemon's user lacks a right to the directory", remedy: RIGHTS },
  DIRECTORY_EPERM: { meaning: "The operation is not permitted to the daemon's user", remedy: RIGHTS },
  DIRECTORY_EIO: { meaning: 'The device failed', remedy: '`dmesg`; the storage' },
  DIRECTORY_EMFILE: { meaning: 'The daemon has too many files open', remedy: 'its limit, `ulimit -n`' },
  DIRECTORY_EINVAL: NO_SUCH_OPERATION,
  DIRECTORY_ENOSYS: NO_SUCH_OPERATION,
  DIRECTORY_ENOTSUP: NO_SUCH_OPERATION,
  DIRECTORY_NOT_TRIED: {
    meaning: 'The file was not written, because an earlier one of its batch could not be',
    remedy: 'the code of the earlier one, in `directory.code`',
  },
} as const satisfies Record<`DIRECTORY_${KnownErrno | 'NOT_TRIED'}`, object>;

/** Codes of a file system that lacks something, and takes files all the same. */
export const DIRECTORY_DEGRADED_CODES = {
  DIRECTORY_SYNC_UNSUPPORTED: {
    meaning:
      'The file system has no sync of directories (`EINVAL`, `EBADF`, `ENOTSUP`, `ENOSYS`): after a power cut the names of ' +
      'the last files, whose rows are `S`, may be missing',
    remedy: 'nothing, where the file server keeps names by itself; else another file system',
  },
  FILE_MODE_REFUSED: {
    meaning:
      'Files have the mode that `text` names in place of 0640, and `chmod` is refused, as on SMB and Azure Files mounts',
    remedy: "nothing, where that mode is right; else the mount's `file_mode`, `uid` and `gid`",
  },
} as const;

/** The code of a row at fault. */
export const FILE_CODES = {
  FILE_NAME_TAKEN: {
    meaning: 'The name of this file is taken by a directory',
    remedy: 'remove the directory',
  },
} as const;
