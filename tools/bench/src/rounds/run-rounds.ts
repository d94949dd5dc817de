import { sentenceOf } from '@comms/kit';
import { BenchError } from '../bench-error.js';
import type { SubjectName } from '../subjects/subjects.js';
import type { RoundResult } from './measure-round.js';

/** The results of one subject in all rounds. */
export interface SubjectResults {
  readonly rounds: RoundResult[];
  readonly faults: string[];
}

interface RoundsOptions {
  readonly names: readonly SubjectName[];
  readonly rounds: number;
  /** Takes one line of progress. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Each round runs every subject once, in another order. A subject that fails holds up no other. One that is not
 * available here is left out of the result.
 */
export async function runRounds(
  measure: (name: SubjectName) => Promise<RoundResult>,
  { names, rounds, say, signal }: RoundsOptions,
): Promise<ReadonlyMap<SubjectName, SubjectResults>> {
  const all = new Map<SubjectName, SubjectResults>(names.map((name) => [name, { rounds: [], faults: [] }]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of rotate(names, round)) {
      const results = all.get(name);
      if (results === undefined) continue;
      const outcome = await measure(name).catch((error: unknown) => asError(error));
      signal.throwIfAborted();
      if (isNotAvailable(outcome)) all.delete(name);
      else keep(outcome, results);
      say(`round ${round + 1}/${rounds}  ${name.padEnd(24)} ${textOf(outcome)}`);
    }
  }
  return all;
}

function keep(outcome: RoundResult | Error, { rounds, faults }: SubjectResults): void {
  if (outcome instanceof Error) faults.push(sentenceOf(outcome));
  else rounds.push(outcome);
}

function textOf(outcome: RoundResult | Error): string {
  if (isNotAvailable(outcome)) return `left out: ${sentenceOf(outcome)}`;
  if (outcome instanceof Error) return `FAILED: ${sentenceOf(outcome)}`;
  return `${Math.round(outcome.rowsPerSecond).toLocaleString('en')} rows/s`;
}

function isNotAvailable(outcome: RoundResult | Error): outcome is BenchError {
  return outcome instanceof BenchError && outcome.code === 'NOT_AVAILABLE';
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/**
 * The items in another order for each round. It begins with the next item each time, so that all of them come first in
 * turn.
 */
export function rotate<T>(items: readonly T[], round: number): readonly T[] {
  const start = items.length === 0 ? 0 : round % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
