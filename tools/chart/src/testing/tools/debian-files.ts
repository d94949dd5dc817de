import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { output } from './run.js';

/** The files of a Debian package. */
export async function debianFiles(name: string, folder: string): Promise<void> {
  const download = () => output('apt-get', ['--quiet', 'download', name], { cwd: folder });
  await download().catch(async () => {
    await output('apt-get', ['--quiet', 'update']);
    await download();
  });
  const file = (await readdir(folder)).find((entry) => entry.endsWith('.deb')) ?? '';
  await output('dpkg-deb', ['-x', join(folder, file), folder]);
}
