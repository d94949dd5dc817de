import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { randomSuffix, writeDurably } from './durable-file.js';
import { OpenDirectory } from './open-directory.js';
import type { OnShortcoming } from './shortcoming.js';

/**
 * Goes through all steps of a file's delivery with a file that no reader takes, and removes it: what would fail after a
 * file has become visible fails here, and does no harm.
 *
 * @throws DirectoryError of the first step that fails
 */
export async function probeDirectory(path: string, onShortcoming: OnShortcoming): Promise<void> {
  const directory = await OpenDirectory.open(path, onShortcoming);
  const name = `${PROBE_NAME}.${randomSuffix()}`;
  try {
    const outcome = await writeDurably(directory, name, 'This file tries whether files can be written here.');
    if (outcome.kind !== 'visible') throw outcome.error;
    await directory.sync();
  } finally {
    await unlink(join(path, name)).catch(() => undefined);
    await directory.stop();
  }
}

/** What the name of a file that tries the directory begins with. */
export const PROBE_NAME = 'probe';
