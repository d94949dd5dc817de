import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder for what one server keeps. Other users may pass through it: PostgreSQL does not run as root. */
export async function serverFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `comms-test-${name}-`));
  await chmod(folder, 0o711);
  return folder;
}
