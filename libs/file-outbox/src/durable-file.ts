import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DirectoryError, errnoOf } from './directory-error.js';
import type { OpenDirectory } from './open-directory.js';

/** Readers of the directory must ignore names with this ending. */
export const UNFINISHED_SUFFIX = '.tmp';

const MODE = 0o640;

/**
 * Each of these calls waits in a thread of Node.js, never in the event loop: the directory may be a mount that hangs. Those of
 * `node:fs/promises` do the same for more processor time, because they make an object per file.
 */
const open = promisify(fs.open);
const stat = promisify(fs.fstat);
const chmod = promisify(fs.fchmod);
const writeFile = promisify(fs.writeFile);
const sync = promisify(fs.fsync);
const close = promisify(fs.close);
const rename = promisify(fs.rename);
const unlink = promisify(fs.unlink);

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
    await writeSynced(unfinished, content, directory);
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

/** The end of a file name that no other write uses: 48 random bits. `randomBytes` would ask the system for each name. */
export function randomSuffix(): string {
  return `${randomUUID().slice(-12)}${UNFINISHED_SUFFIX}`;
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

async function writeSynced(path: string, content: string, directory: OpenDirectory): Promise<void> {
  const descriptor = await open(path, 'wx', MODE);
  try {
    await setMode(descriptor, directory);
    await writeFile(descriptor, content, 'utf8');
    await sync(descriptor);
  } finally {
    await close(descriptor);
  }
}

/** The umask may have changed the mode. Mounts that give all files one mode and one owner refuse to change it. */
async function setMode(descriptor: number, directory: OpenDirectory): Promise<void> {
  if (directory.givesMode) return;
  const mode = (await stat(descriptor)).mode & 0o777;
  directory.givesMode = mode === MODE;
  if (directory.givesMode) return;
  try {
    await chmod(descriptor, MODE);
  } catch (error) {
    if (!REFUSED.has(errnoOf(error))) throw error;
    directory.onShortcoming({
      code: 'FILE_MODE_REFUSED',
      text: `The file system gives files the mode ${octal(mode)} and refuses to change it to ${octal(MODE)}.`,
    });
  }
}

const REFUSED = new Set(['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL']);

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
