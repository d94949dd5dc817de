import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '@comms/test-servers';

/** The files of a Debian package. */
export async function debianFiles(name: string, folder: string): Promise<void> {
  const download = () => runCommand('apt-get', ['--quiet', 'download', name], { cwd: folder });
  await download().catch(async () => {
    await runCommand('apt-get', ['--quiet', 'update']);
    await download();
  });
  const file = (await readdir(folder)).find((entry) => entry.endsWith('.deb')) ?? '';
  await runCommand('dpkg-deb', ['-x', join(folder, file), folder]);
}
