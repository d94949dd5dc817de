import { environmentNames, fileVariable } from './environment-names.js';
import type { Fault } from './fault.js';
import { editDistance } from './nearest-key.js';
import type { ProcessInputs } from './process-inputs.js';

/**
 * Tells of environment variables that set nothing though they look as if they should: a misspelt one is refused, any
 * other that begins like ours is a warning. Only names are told, never values.
 *
 * @param keys the keys of all programs: the variables of the others are known here, too
 */
export function judgeVariables(
  { environment }: Pick<ProcessInputs, 'environment'>,
  keys: Iterable<string>,
): readonly Fault[] {
  const known = knownVariables(keys);
  const names = Object.keys(environment).filter((name) => environment[name] !== undefined);
  return names
    .filter((name) => !known.has(name) && !OF_TESTS.test(name) && !isOfService(name, environment[name]))
    .flatMap((name) => judge(name, known) ?? []);
}

/** Each known variable, and its letters. */
type KnownVariables = ReadonlyMap<string, string>;

function knownVariables(keys: Iterable<string>): KnownVariables {
  const names = [...keys].flatMap((key) => environmentNames(key));
  return new Map(
    ['COMMS_CONFIG', ...names, ...names.map(fileVariable)].map((name) => [name, lettersOf(name)]),
  );
}

const OF_TESTS = /^COMMS_TEST_/i;

/** What Kubernetes makes of each Service of the namespace, under the name of the Service. */
function isOfService(name: string, value = ''): boolean {
  return OF_SERVICE.test(name) || (name.endsWith('_PORT') && /^(?:tcp|udp|sctp):\/\//i.test(value));
}

const OF_SERVICE =
  /_SERVICE_HOST$|_SERVICE_PORT(?:_\w+)?$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/;

function judge(name: string, known: KnownVariables): Fault | undefined {
  const told = { key: name, source: 'environment variable' };
  const { nearest, distance } = nearestOf(name, known);
  const hint = nearest !== undefined && distance <= MISSPELT && { nearest };
  if (/^comms\./i.test(name)) {
    return { ...told, ...hint, problem: 'sets nothing, for its name has dots', severity: 'warning' };
  }
  if (hint) return { ...told, ...hint, problem: 'is not known' };
  return /^comms/i.test(name)
    ? { ...told, problem: 'is not known, and sets nothing', severity: 'warning' }
    : undefined;
}

/** A name at most this many letters away from a known one is a misspelling of it. */
const MISSPELT = 2;

function nearestOf(name: string, known: KnownVariables): { nearest: string | undefined; distance: number } {
  const letters = lettersOf(name);
  let found: { nearest: string | undefined; distance: number } = { nearest: undefined, distance: Infinity };
  for (const [nearest, its] of known) {
    if (Math.abs(its.length - letters.length) > MISSPELT) continue;
    const distance = editDistance(letters, its);
    if (distance < found.distance) found = { nearest, distance };
  }
  return found;
}

/** Underscores, dots and case are what is confused most, and tell no name from another. */
function lettersOf(name: string): string {
  return name.toUpperCase().replaceAll(/[._]/g, '');
}
