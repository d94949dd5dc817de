import { join } from 'node:path';
import { output } from './run.js';
import { toolFolder } from './tool-folder.js';

/** The files of an npm package that is for tests alone and too large to be installed with the others. */
export async function npmPackage(name: string, version: string): Promise<string> {
  const folder = await toolFolder(`${name.replace(/\W+/g, '-')}-${version}`, async (draft) => {
    const packed = await output(
      'npm',
      ['pack', '--silent', '--pack-destination', draft, `${name}@${version}`],
      {
        cwd: draft,
      },
    );
    await output('tar', ['-xzf', join(draft, packed.trim()), '-C', draft]);
  });
  return join(folder, 'package');
}
