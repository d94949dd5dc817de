import { readFile } from 'node:fs/promises';
import { repositoryPath } from '@comms/kit';

/** What an image gives to Node.js. */
interface ImageSetting {
  readonly nodeOptions: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** That of the Dockerfile: a daemon is measured as it is shipped. */
export async function imageSetting(): Promise<ImageSetting> {
  const dockerfile = await readFile(repositoryPath('docker/Dockerfile'), 'utf8');
  const [, entryPoint = '[]'] = /^ENTRYPOINT (\[.*\])$/m.exec(dockerfile) ?? [];
  const [, ...nodeOptions] = JSON.parse(entryPoint) as string[];
  const variables = [...dockerfile.matchAll(/^ENV (.*)$/gm)].flatMap(([, pairs = '']) => pairs.split(' '));
  return {
    nodeOptions,
    environment: Object.fromEntries(variables.map((pair) => pair.split('=') as [string, string])),
  };
}
