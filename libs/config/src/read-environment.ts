import type { Fault } from './fault.js';
import { type ProcessInputs, readSecretFile, type SourcedText, type SourcedValues } from './sources.js';

/** Reads the environment variables of the given keys, and the secret files that `<NAME>_FILE` names, which win. */
export function readEnvironment(inputs: ProcessInputs, keys: Iterable<string>): SourcedValues {
  const values = new Map<string, SourcedText>();
  const faults: Fault[] = [];
  for (const key of keys) {
    const direct = readVariable(key, environmentNames(key), inputs);
    const secretFile = readVariable(key, environmentNames(key).map(fileVariable), inputs);
    faults.push(...direct.faults, ...secretFile.faults);
    if (direct.variable) {
      const { name, text } = direct.variable;
      values.set(key, { text, source: sourceOf(direct.variable), variable: name });
    }
    if (!secretFile.variable) continue;
    const { text: path } = secretFile.variable;
    const secret = readSecretFile(path, inputs);
    if ('value' in secret)
      values.set(key, { text: secret.value, source: `secret file ${path}`, secretFile: path });
    else
      faults.push({
        key,
        source: sourceOf(secretFile.variable),
        problem: `the secret file "${path}" ${secret.problem}`,
        allowed: SECRET_FILE_ALLOWED,
      });
  }
  return { values, faults };
}

const SECRET_FILE_ALLOWED = 'a readable UTF-8 file that holds the value';

interface Variable {
  readonly name: string;
  readonly text: string;
}

function sourceOf({ name }: Variable): string {
  return `environment variable ${name}`;
}

/** The first of the spellings that is set, and a fault where another one has a different value. */
function readVariable(key: string, names: readonly string[], { environment }: ProcessInputs) {
  const set = names.flatMap((name): Variable[] => {
    const text = environment[name];
    return text === undefined ? [] : [{ name, text }];
  });
  const [variable] = set;
  const differs = set.some(({ text }) => text !== variable?.text);
  return { variable, faults: differs ? [conflict(key, names)] : [] };
}

function conflict(key: string, names: readonly string[]): Fault {
  return {
    key,
    source: `environment variables ${names.join(' and ')}`,
    problem: 'is set to different values',
    allowed: 'one of the two variables, or the same value in both',
  };
}

/**
 * The names of the environment variables that set a property. One is the key in upper case with every dot and dash as
 * `_`. The other drops the dashes, as Spring spells it.
 */
export function environmentNames(key: string): readonly [string, ...string[]] {
  const name = key.toUpperCase().replaceAll('.', '_');
  const underscored = name.replaceAll('-', '_');
  return name === underscored ? [name] : [underscored, name.replaceAll('-', '')];
}

/** The variable that names a file which holds the value of this one. */
export function fileVariable(name: string): string {
  return `${name}_FILE`;
}
