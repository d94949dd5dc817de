import { join } from 'node:path';
import { cachedFolder, runCommand } from '@comms/test-servers';

/** The files of an npm package that is for tests alone and too large to be installed with the others. */
export async function npmPackage(name: string, version: string): Promise<string> {
  const folder = await cachedFolder(`${name.replace(/\W+/g, '-')}-${version}`, async (draft) => {
    const packed = await runCommand(
      'npm',
      ['pack', '--silent', '--pack-destination', draft, `${name}@${version}`],
      {
        cwd: draft,
      },
    );
    await runCommand('tar', ['-xzf', join(draft, packed.trim()), '-C', draft]);
  });
  return join(folder, 'package');
}
