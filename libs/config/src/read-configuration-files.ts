import { closest } from 'fastest-levenshtein';

import type { Fault } from './fault.js';
import { type PropertyEntry, readProperties } from './read-properties.js';
import { type ProcessInputs, readTextFile, type SourcedText, type SourcedValues } from './sources.js';

/**
 * Reads the files that COMMS_CONFIG names; a later one wins. A key outside `comms.` belongs to another program and is
 * ignored.
 */
export function readConfigurationFiles(inputs: ProcessInputs, knownKeys: ReadonlySet<string>): SourcedValues {
  const values = new Map<string, SourcedText>();
  const faults: Fault[] = [];
  for (const path of configuredPaths(inputs)) {
    const text = readTextFile(path, inputs);
    if ('problem' in text) {
      faults.push(unreadable(path, text.problem));
      continue;
    }
    const entries = readProperties(text.value);
    for (const { key, value, line } of entries.filter(({ malformed }) => !malformed)) {
      values.set(key, { text: value, source: `${path}:${line}` });
    }
    faults.push(...faultsOf(entries, path, knownKeys));
  }
  return { values, faults };
}

function configuredPaths({ environment }: ProcessInputs): readonly string[] {
  const paths = (environment['COMMS_CONFIG'] ?? '').split(',').map((path) => path.trim());
  return paths.filter((path) => path !== '');
}

function unreadable(path: string, problem: string): Fault {
  return {
    key: 'COMMS_CONFIG',
    source: 'environment variable COMMS_CONFIG',
    problem: `the file "${path}" ${problem}`,
    allowed: 'readable UTF-8 properties files, separated by commas',
  };
}

function faultsOf(
  entries: readonly PropertyEntry[],
  path: string,
  knownKeys: ReadonlySet<string>,
): readonly Fault[] {
  const firstLines = new Map<string, number>();
  return entries.flatMap(({ key, line, malformed }) => {
    const firstLine = firstLines.get(key) ?? line;
    firstLines.set(key, firstLine);
    const problems = [malformed ? MALFORMED : [], keyProblem(key, [firstLine, line], knownKeys)].flat();
    return problems.map((problem) => ({ key, source: `${path}:${line}`, ...problem }));
  });
}

type Problem = Pick<Fault, 'problem' | 'allowed' | 'nearest'>;

const MALFORMED: Problem = {
  problem: 'has a malformed escape',
  allowed: String.raw`\u followed by four hexadecimal digits; a backslash itself is written \\`,
};

/** The key of another program may be anything and may come twice. */
function keyProblem(
  key: string,
  [firstLine, line]: readonly [number, number],
  knownKeys: ReadonlySet<string>,
): readonly Problem[] {
  if (!OURS.test(key)) return [];
  if (firstLine !== line) {
    return [{ problem: `is set twice, on lines ${firstLine} and ${line}`, allowed: 'one line per key' }];
  }
  if (knownKeys.has(key)) return [];
  const nearest = knownKeys.size > 0 && { nearest: closest(key, [...knownKeys]) };
  return [{ problem: 'is not a known key', ...nearest }];
}

/** In any case, so that `Comms.` is reported as unknown instead of being ignored. */
const OURS = /^comms\./i;
