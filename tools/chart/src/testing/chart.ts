import { commandEnd, type CommandEnd, repositoryPath } from '@comms/kit';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './kubernetes-object.js';
import { helm } from './tools/programs.js';

export const CHART = repositoryPath('k8s/chart');

export const ENVIRONMENTS = ['development', 'staging', 'production'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];

/** The values files of the repository, and none. */
export type ValuesFile = Environment | 'no file';

/** Values in place of those of an environment's file, as `--set-json` takes them: `{ 'image.tag': '2.0.0' }`. */
export type Overrides = Readonly<Record<string, unknown>>;

/** The objects that the chart renders as release `comms` in namespace `telecom`. */
export async function render(file: ValuesFile, overrides: Overrides = {}): Promise<KubernetesObject[]> {
  const { code, stdout, stderr } = await template(file, overrides);
  if (code !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

/** The message of Helm about values that it refuses. Rejects where it takes them. */
export async function refusal(file: ValuesFile, overrides: Overrides): Promise<string> {
  const { code, stderr } = await template(file, overrides);
  if (code === 0) throw new Error(`the chart takes ${JSON.stringify(overrides)}`);
  return stderr;
}

export async function lint(environment: Environment): Promise<CommandEnd> {
  return commandEnd(await helm(), ['lint', '--strict', CHART, '--values', valuesFile(environment)]);
}

async function template(file: ValuesFile, overrides: Overrides): Promise<CommandEnd> {
  const values = file === 'no file' ? [] : ['--values', valuesFile(file)];
  const set = Object.entries(overrides).flatMap(([path, value]) => [
    '--set-json',
    `${path}=${JSON.stringify(value)}`,
  ]);
  return commandEnd(await helm(), ['template', 'comms', CHART, '--namespace', 'telecom', ...values, ...set]);
}

function valuesFile(environment: Environment): string {
  return repositoryPath(`k8s/environments/${environment}.yaml`);
}
