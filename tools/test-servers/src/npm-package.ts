import { join } from 'node:path';
import { runCommand } from '@comms/kit';
import { cachedFolder } from './cached-folder.js';

/** The files of an npm package that is only for tests or the benchmark, and too large to be installed with the others. */
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

/** The program of a version of Node.js for this machine's CPU, such as `24` or `24.21.0`, from npm's package. */
export async function nodeProgram(version: string): Promise<string> {
  return join(await npmPackage(`node-${process.platform}-${process.arch}`, version), 'bin/node');
}
