import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { OnShortcoming } from './directory-error.js';
import { randomSuffix, writeDurably } from './durable-file.js';
import { OpenDirectory } from './open-directory.js';

/**
 * Tests whether files can be delivered into a directory. It goes through all steps of a delivery with a file that no reader
 * takes, and removes that file. A step that would fail once a file is visible fails here, where it does no harm.
 *
 * @throws DirectoryError of the first step that fails
 */
export async function probeDirectory(path: string, onShortcoming: OnShortcoming): Promise<void> {
  const directory = await OpenDirectory.open(path, onShortcoming);
  const name = `${PROBE_NAME}.${randomSuffix()}`;
  try {
    const outcome = await writeDurably(directory, name, 'This file tests whether files can be written here.');
    if (outcome.kind !== 'visible') throw outcome.error;
    await directory.sync();
  } finally {
    await unlink(join(path, name)).catch(() => undefined);
    await directory.stop();
  }
}

/** The start of the name of a file that tests the directory. */
export const PROBE_NAME = 'probe';
