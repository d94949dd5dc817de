import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readdir } from 'node:fs/promises';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { KubernetesObject } from './kubernetes-object.js';
import { goModule, pythonWheel } from './tools/packages.js';

/** Returns what is wrong with an object. Undefined for a kind that it does not know. */
type ObjectChecker = (object: KubernetesObject) => readonly string[] | undefined;

/** Checks by Kubernetes' own schemas of one version, which refuse unknown fields. */
export async function kubernetesChecker(version: string): Promise<ObjectChecker> {
  const folder = join(
    await pythonWheel('kubernetes-validate', '1.37.0'),
    `kubernetes_validate/kubernetes-json-schema/v${version}-local-strict`,
  );
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(readJson(join(folder, '_definitions.json')));
  return checker(({ apiVersion, kind }) => {
    const [version = '', group] = apiVersion.split('/').reverse();
    const name = [kind, ...(group === undefined ? [] : [group.split('.')[0]]), version]
      .join('-')
      .toLowerCase();
    return ajv.compile(readJson(join(folder, `${name}.json`)));
  });
}

/** Checks by the custom resource definitions of the Prometheus operator and of KEDA, closed as a server closes them. */
export async function customResourceChecker(): Promise<ObjectChecker> {
  const files = await customResourceFiles();
  const definitions = files.map((file) => parse(readFileSync(file, 'utf8')) as Definition);
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  return checker(({ apiVersion, kind }) => {
    const definition = definitions.find(({ spec }) => spec.names.kind === kind);
    const version = definition?.spec.versions.find(
      ({ name }) => apiVersion === `${definition.spec.group}/${name}`,
    );
    return version && ajv.compile(closed(version.schema.openAPIV3Schema));
  });
}

/** Each kind is compiled once. */
function checker(compile: (object: KubernetesObject) => ValidateFunction | undefined): ObjectChecker {
  const compiled = new Map<string, ValidateFunction | undefined>();
  return (object) => {
    const key = `${object.apiVersion} ${object.kind}`;
    if (!compiled.has(key)) compiled.set(key, compile(object));
    const validate = compiled.get(key);
    if (!validate) return undefined;
    validate(object);
    return (validate.errors ?? []).map(
      ({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

type Schema = Readonly<Record<string, unknown>>;

/** A structural schema with every object closed that names its fields; metadata is Kubernetes' own. */
function closed(schema: Schema, path: readonly string[] = []): Schema {
  const open = 'additionalProperties' in schema || schema['x-kubernetes-preserve-unknown-fields'] === true;
  const names = path.length > 0 && 'properties' in schema && !open;
  const readable = Object.entries(schema).filter(([key, value]) => !(key === 'pattern' && isForGo(value)));
  const entries = readable.map(([key, value]): [string, unknown] => [key, closedBelow(key, value, path)]);
  return { ...Object.fromEntries(entries), ...(names ? { additionalProperties: false } : {}) };
}

function closedBelow(keyword: string, value: unknown, path: readonly string[]): unknown {
  if (keyword === 'properties')
    return Object.fromEntries(
      Object.entries(value as Record<string, Schema>).map(([name, schema]) => [
        name,
        closed(schema, [...path, name]),
      ]),
    );
  const isSchema = ['items', 'additionalProperties'].includes(keyword) && typeof value === 'object';
  return isSchema ? closed(value as Schema, [...path, keyword]) : value;
}

/** A pattern with a flag in it, which JavaScript cannot read. */
function isForGo(pattern: unknown): boolean {
  return String(pattern).includes('(?i)');
}

function readJson(file: string): Schema {
  return JSON.parse(readFileSync(file, 'utf8')) as Schema;
}

/**
 * The files of the custom resource definitions of the Prometheus operator and of KEDA; only of some kinds, where these
 * are given.
 */
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
