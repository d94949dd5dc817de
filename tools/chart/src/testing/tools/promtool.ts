import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { output, run } from './run.js';
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

/** The files of a Debian package. */
async function debianFiles(name: string, folder: string): Promise<void> {
  const download = () => output('apt-get', ['--quiet', 'download', name], { cwd: folder });
  await download().catch(async () => {
    await output('apt-get', ['--quiet', 'update']);
    await download();
  });
  const file = (await readdir(folder)).find((entry) => entry.endsWith('.deb')) ?? '';
  await output('dpkg-deb', ['-x', join(folder, file), folder]);
}
