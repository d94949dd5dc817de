import { distance } from 'fastest-levenshtein';

import type { Fault } from './fault.js';
import { environmentNames, fileVariable } from './read-environment.js';
import type { ProcessInputs } from './sources.js';

/**
 * Reports environment variables that set nothing although they look as if they should. A misspelt one is refused. Any
 * other that begins like ours is a warning. Only names are reported, never values.
 *
 * @param keys the keys of all programs: the variables of the other programs are known here too
 */
export function checkVariables(
  { environment }: Pick<ProcessInputs, 'environment'>,
  keys: Iterable<string>,
): readonly Fault[] {
  const known = knownVariables(keys);
  const names = Object.keys(environment).filter((name) => environment[name] !== undefined);
  return names
    .filter((name) => !known.has(name) && !OF_TESTS.test(name) && !isOfService(name, environment[name]))
    .flatMap((name) => faultOf(name, known) ?? []);
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

function faultOf(name: string, known: KnownVariables): Fault | undefined {
  const about = { key: name, source: 'environment variable' };
  const nearest = nearestOf(name, known);
  const hint = nearest !== undefined && { nearest };
  if (/^comms\./i.test(name)) {
    return { ...about, ...hint, problem: 'sets nothing, because its name has dots', severity: 'warning' };
  }
  if (hint) return { ...about, ...hint, problem: 'is not known' };
  return /^comms/i.test(name)
    ? { ...about, problem: 'is not known, and sets nothing', severity: 'warning' }
    : undefined;
}

/** The known variable of which a name is a misspelling. */
function nearestOf(name: string, known: KnownVariables): string | undefined {
  const letters = lettersOf(name);
  let found: { readonly nearest?: string; readonly distance: number } = { distance: MOST_MISSPELT + 1 };
  for (const [nearest, its] of known) {
    if (Math.abs(its.length - letters.length) >= found.distance) continue;
    const away = distance(letters, its);
    if (away < found.distance) found = { nearest, distance: away };
  }
  return found.nearest;
}

/** A name at most this many letters away from a known one is a misspelling of it. */
const MOST_MISSPELT = 2;

/** The letters, without case, underscores and dots: these are confused most, and no two names differ only in them. */
function lettersOf(name: string): string {
  return name.toUpperCase().replaceAll(/[._]/g, '');
}
