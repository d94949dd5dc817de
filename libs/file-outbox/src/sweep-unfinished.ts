import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { UNFINISHED_SUFFIX } from './durable-file.js';

/** No write takes this long; a younger unfinished file may belong to another replica that is writing it. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** Removes the unfinished files that a process left behind when it was killed. */
export async function sweepUnfinished(directory: string, now = Date.now()): Promise<void> {
  const names = await readdir(directory);
  for (const name of names.filter((candidate) => OURS.test(candidate))) {
    const path = join(directory, name);
    const { mtimeMs } = await stat(path);
    if (now - mtimeMs > ABANDONED_AFTER_MS) await unlink(path);
  }
}

const OURS = new RegExp(`^\\d+\\.(json|jwe)\\.[0-9a-f]{12}\\${UNFINISHED_SUFFIX}$`);
