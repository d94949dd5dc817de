import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type KubernetesObject, type PodSpec, podSpecOf } from './kubernetes-object.js';

/** What an operator has in the cluster besides the chart: Secrets and ConfigMaps by their names. */
export type Existing = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Does what a kubelet does before it starts the container of a daemon or a job: puts the files of its volumes where they are mounted,
 * below a folder that stands for the root. Returns the pod with its environment.
 */
export async function mountPod(
  root: string,
  daemon: { readonly objects: readonly KubernetesObject[]; readonly app: string },
  existing: Existing,
): Promise<{ pod: PodSpec; environment: Record<string, string> }> {
  const pod = podOf(daemon.objects, daemon.app);
  const sources = { ...existing, ...configMaps(daemon.objects) };
  for (const { name, mountPath } of pod.containers[0]?.volumeMounts ?? []) {
    const volume = pod.volumes?.find((candidate) => candidate['name'] === name) ?? {};
    await writeFiles(join(root, mountPath), filesOf(volume, sources));
  }
  const variables = (pod.containers[0]?.env ?? []).map(({ name, value }) => [name, value]);
  return { pod, environment: Object.fromEntries(variables) as Record<string, string> };
}

/** The environment of a pod that was mounted below a folder, for a process whose root is this machine's. */
export function environmentBelow(
  root: string,
  environment: Readonly<Record<string, string>>,
): Record<string, string> {
  const moved = Object.entries(environment).map(([name, value]) => [
    name,
    value.replaceAll('/etc/comms', join(root, '/etc/comms')),
  ]);
  return Object.fromEntries(moved) as Record<string, string>;
}

/** The pod of a daemon or a job. */
function podOf(objects: readonly KubernetesObject[], app: string): PodSpec {
  const pods = objects.filter(({ metadata }) => metadata.name === `comms-${app}`).map(podSpecOf);
  const pod = pods.find((spec) => spec !== undefined);
  if (!pod) throw new Error(`no pod of ${app} was rendered`);
  return pod;
}

function configMaps(objects: readonly KubernetesObject[]): Existing {
  const maps = objects.filter(({ kind }) => kind === 'ConfigMap');
  return Object.fromEntries(maps.map(({ metadata, data = {} }) => [metadata.name, data]));
}

/** A source of a volume, in the fields that the chart uses. */
interface Source {
  readonly name?: string;
  readonly secretName?: string;
  readonly items?: readonly { readonly key: string; readonly path: string }[];
  readonly sources?: readonly { readonly secret: Source }[];
}

function filesOf(volume: Readonly<Record<string, unknown>>, sources: Existing): Record<string, string> {
  const { configMap, secret, projected } = volume as Record<string, Source | undefined>;
  const all = [configMap, secret, ...(projected?.sources ?? []).map((source) => source.secret)];
  return Object.assign(
    {},
    ...all.filter((source) => source !== undefined).map((source) => read(source, sources)),
  ) as Record<string, string>;
}

function read({ name, secretName, items }: Source, sources: Existing): Record<string, string> {
  const content = sources[name ?? secretName ?? ''];
  if (!content) throw new Error(`nothing is called ${name ?? secretName ?? ''}`);
  const wanted = items ?? Object.keys(content).map((key) => ({ key, path: key }));
  return Object.fromEntries(wanted.map(({ key, path }) => [path, content[key] ?? '']));
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
}
