import { isNativeError } from 'node:util/types';
import type { DIRECTORY_DEGRADED_CODES } from './directory-codes.js';

/** The step at which a directory failed, to be read after its name. */
export type DirectoryStep = 'cannot be opened' | 'cannot be written to' | 'cannot be synced';

/** Why a directory takes no files, by the errno of the file system. It names no file. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';

  private constructor(
    readonly step: DirectoryStep,
    /** Such as `ENOSPC`. */
    readonly errno: string,
    cause: unknown,
  ) {
    super(`the directory ${step}: ${reasonOf(step, errno)}`, { cause });
  }

  /** Translates an error of the file system. Any other error is a defect and is thrown. */
  static from(step: DirectoryStep, error: unknown): DirectoryError {
    if (error instanceof DirectoryError) return error;
    return new DirectoryError(step, errnoOf(error), error);
  }

  /** Stable, for operators: `DIRECTORY_ENOSPC`. */
  get code(): string {
    return `DIRECTORY_${this.errno}`;
  }

  /** What is wrong, to be read after the name of the directory. */
  get problem(): string {
    return `${this.step}: ${reasonOf(this.step, this.errno)}`;
  }
}

/** The errno name of a file system error, such as `ENOSPC`. Any other error is a defect and is thrown. */
export function errnoOf(error: unknown): string {
  if (isNativeError(error) && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

function reasonOf(step: DirectoryStep, errno: string): string {
  const reason = (step === 'cannot be opened' ? OPENING[errno] : undefined) ?? KNOWN_REASONS[errno];
  return reason === undefined ? errno : `${reason.replace('{user}', user())} (${errno})`;
}

/** The effective user. A configuration may be checked by another user than the one that runs the daemon. */
function user(): string {
  const id = process.geteuid?.();
  return id === undefined ? 'this process' : `the user ${id}`;
}

const OPENING: Readonly<Record<string, string>> = {
  EACCES: '{user} has no right to read it',
  ENOENT: 'it does not exist',
};

/** An errno whose reason and remedy are known. */
export type KnownErrno = keyof typeof REASONS;

const REASONS = {
  EACCES: '{user} has no right to write to it',
  EDQUOT: 'the quota is used up',
  EINVAL: 'the file system does not support the operation',
  EIO: 'the device returns an error',
  EMFILE: 'this process has too many files open',
  ENOENT: 'it takes no files, or has been removed',
  ENOSPC: 'no space is left on the device',
  ENOSYS: 'the file system does not support the operation',
  ENOTDIR: 'it is not a directory',
  ENOTSUP: 'the file system does not support the operation',
  EPERM: 'the operation is not permitted to {user}',
  EROFS: 'it is mounted read-only',
};

const KNOWN_REASONS: Readonly<Record<string, string>> = REASONS;

/** A feature that a file system lacks. Files can be delivered without it. */
export interface Shortcoming {
  readonly code: keyof typeof DIRECTORY_DEGRADED_CODES;
  /** A sentence for operators. */
  readonly text: string;
}

/** Called each time that a shortcoming is met. */
export type OnShortcoming = (shortcoming: Shortcoming) => void;
