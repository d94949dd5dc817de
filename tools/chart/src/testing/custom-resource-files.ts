import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { goModule } from './tools/go-module.js';

/** The files of the custom resource definitions of the Prometheus operator and of KEDA; of some kinds alone, if given. */
export async function customResourceFiles(kinds?: readonly { readonly kind: string }[]): Promise<string[]> {
  const [prometheus, keda] = await Promise.all([
    goModule('github.com/prometheus-operator/prometheus-operator', 'v0.85.0'),
    goModule('github.com/kedacore/keda/v2', 'v2.21.0'),
  ]);
  const folders = [join(prometheus, 'example/prometheus-operator-crd'), join(keda, 'config/crd/bases')];
  const files = await Promise.all(folders.map(filesIn));
  return files.flat().filter((file) => kinds?.some(({ kind }) => file.endsWith(`_${kind}s.yaml`)) ?? true);
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith('.yaml')).map((name) => join(folder, name));
}
