import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { UNFINISHED_SUFFIX } from './durable-file.js';
import { PROBE_NAME } from './probe-directory.js';

/** No write takes this long. A younger unfinished file may belong to another replica that is writing it. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/**
 * Removes the unfinished files that a process left when it was killed. A file that cannot be removed stays: another replica
 * may remove it at the same time, or it may belong to another user.
 */
export async function sweepUnfinished(directory: string, now = Date.now()): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names.filter((candidate) => OURS.test(candidate)))
    await removeAbandoned(join(directory, name), now).catch(() => undefined);
}

async function removeAbandoned(path: string, now: number): Promise<void> {
  const { mtimeMs } = await stat(path);
  if (now - mtimeMs > ABANDONED_AFTER_MS) await unlink(path);
}

const SUFFIX = `\\.[0-9a-f]{12}\\${UNFINISHED_SUFFIX}`;
const OURS = new RegExp(`^(\\d+\\.(json|jwe)|${PROBE_NAME}(${SUFFIX})?)${SUFFIX}$`);
