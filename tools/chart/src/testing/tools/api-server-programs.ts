import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from '@comms/test-servers';
import { runCommand } from '@comms/kit';
import { debianFiles, goModule } from './packages.js';
import { kubectl } from './programs.js';

/** The paths of what an API server of Kubernetes is made of. */
export interface ApiServerPrograms {
  readonly apiServer: string;
  readonly etcd: string;
  readonly kubectl: string;
}

/** Built from Kubernetes' own Go modules, once per machine; etcd is Debian's. */
export async function apiServerPrograms(): Promise<ApiServerPrograms> {
  const etcd = await cachedFolder('etcd-server', (draft) => debianFiles('etcd-server', draft));
  const built = await cachedFolder(`kube-apiserver-${VERSION}`, build);
  return {
    apiServer: join(built, 'kube-apiserver'),
    etcd: join(etcd, 'usr/bin/etcd'),
    kubectl: await kubectl(),
  };
}

const VERSION = '1.35.4';
const PROGRAM = 'k8s.io/kubernetes/cmd/kube-apiserver';
const BUILD_LIMIT_MS = 1_800_000;

/**
 * Kubernetes' modules refer to each other by paths in one repository. Here each reference is replaced by the module of
 * the same release.
 */
async function build(draft: string): Promise<void> {
  const manifest = await readFile(join(await goModule('k8s.io/kubernetes', `v${VERSION}`), 'go.mod'), 'utf8');
  const [go = ''] = /^go .+$/m.exec(manifest) ?? [];
  const neighbours = [...manifest.matchAll(/^\s*(k8s\.io\/[\w-]+) v0\.0\.0$/gm)].map(([, name = '']) => name);
  const replaced = neighbours.map((name) => `replace ${name} => ${name} v${VERSION.replace(/^1/, '0')}`);
  const source = join(draft, 'source');
  await mkdir(source);
  const lines = ['module apiserver', go, `require k8s.io/kubernetes v${VERSION}`, ...replaced];
  await writeFile(join(source, 'go.mod'), `${lines.join('\n')}\n`);
  process.stderr.write('chart tests: building kube-apiserver, which takes some minutes once\n');
  await runCommand('go', ['build', '-ldflags', '-s -w', '-o', join(draft, 'kube-apiserver'), PROGRAM], {
    cwd: source,
    env: { ...process.env, GOFLAGS: '-mod=mod', CGO_ENABLED: '0' },
    timeout: BUILD_LIMIT_MS,
  });
}
