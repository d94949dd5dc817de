import { isNativeError } from 'node:util/types';

/** The errno name of a file system error, such as `ENOSPC`. Anything else is a defect and is thrown on. */
export function errnoOf(error: unknown): string {
  if (isNativeError(error) && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
