import { join } from 'node:path';
import { debianFiles } from './debian-files.js';
import { run } from './run.js';
import { toolFolder } from './tool-folder.js';

/** The path of promtool: the one of this machine, else that of Debian's package, which is unpacked but not installed. */
export async function promtool(): Promise<string> {
  const own = await run('promtool', ['--version']).catch(() => undefined);
  if (own?.code === 0) return 'promtool';
  const folder = await toolFolder('promtool', async (draft) => {
    await debianFiles('prometheus', draft);
  });
  return join(folder, 'usr/bin/promtool');
}
