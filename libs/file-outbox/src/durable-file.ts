import { randomBytes } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Readers of the directory must not take names with this ending. */
export const UNFINISHED_SUFFIX = '.tmp';

const MODE = 0o640;

/**
 * Writes a file that is complete or not there at all: aside in the same directory, synced, then renamed; a file of
 * that name is replaced. The new name is on disk once {@link syncDirectory} has succeeded too.
 *
 * @throws NodeJS.ErrnoException; nothing is left behind that could be removed.
 */
export async function writeDurably(directory: string, name: string, content: string): Promise<void> {
  const aside = join(directory, `${name}.${randomBytes(6).toString('hex')}${UNFINISHED_SUFFIX}`);
  try {
    await writeSynced(aside, content);
    await rename(aside, join(directory, name));
  } catch (error) {
    await unlink(aside).catch(() => undefined);
    throw error;
  }
}

/** Brings a directory's entries to disk. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeSynced(path: string, content: string): Promise<void> {
  const handle = await open(path, 'wx', MODE);
  try {
    await handle.chmod(MODE);
    await handle.writeFile(content, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}
