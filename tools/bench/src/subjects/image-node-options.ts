import { readFile } from 'node:fs/promises';
import { repositoryPath } from '@comms/end-to-end';

/** The options that an image gives to Node.js: a daemon is measured as it is shipped. */
export async function imageNodeOptions(): Promise<readonly string[]> {
  const dockerfile = await readFile(repositoryPath('docker/Dockerfile'), 'utf8');
  const [, entryPoint = '[]'] = /^ENTRYPOINT (\[.*\])$/m.exec(dockerfile) ?? [];
  const [, ...options] = JSON.parse(entryPoint) as string[];
  return options;
}
