import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder outside the repository that is filled once a machine: in `COMMS_TEST_CACHE`, else
 * `~/.cache/comms-distribution`. Half a folder is never seen, also where two runs fill it at the same time.
 */
export async function toolFolder(name: string, fill: (folder: string) => Promise<unknown>): Promise<string> {
  const cache = process.env['COMMS_TEST_CACHE'] ?? join(homedir(), '.cache', 'comms-distribution');
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(`${folder}.`);
  try {
    await fill(draft);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
