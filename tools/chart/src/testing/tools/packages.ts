import { join } from 'node:path';
import { readdir } from 'node:fs/promises';
import { cachedFolder } from '@comms/test-servers';
import { runCommand } from '@comms/kit';

/** The files of a wheel of the Python package index. */
export function pythonWheel(name: string, version: string): Promise<string> {
  return cachedFolder(`${name}-${version}`, async (draft) => {
    const wanted = ['--no-deps', '--only-binary', ':all:', '--dest', draft, `${name}==${version}`];
    await runCommand('python3', ['-m', 'pip', '--quiet', 'download', ...wanted]);
    const [wheel = ''] = await readdir(draft);
    await unzip(join(draft, wheel), draft);
  });
}

/** Takes an archive apart. */
export function unzip(archive: string, folder: string): Promise<string> {
  return runCommand('python3', ['-m', 'zipfile', '-e', archive, folder]);
}

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

/** The folder of a Go module's files, in Go's own cache. */
export async function goModule(path: string, version: string): Promise<string> {
  const printed = await runCommand('go', ['mod', 'download', '-json', `${path}@${version}`], { cwd: '/' });
  return (JSON.parse(printed) as { Dir: string }).Dir;
}
