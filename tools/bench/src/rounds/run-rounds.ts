import { sentenceOf } from '../sentence-of.js';
import type { SubjectName } from '../subjects/subjects.js';
import { rotate } from './rotate.js';
import type { RoundResult } from './measure-round.js';

/** What one subject has given in all rounds. */
export interface SubjectResults {
  readonly rounds: RoundResult[];
  readonly faults: string[];
}

export interface RoundsOptions {
  readonly names: readonly SubjectName[];
  readonly rounds: number;
  /** Takes one line of progress. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Each round runs every subject once, in another order. A subject that fails holds up no other. */
export async function runRounds(
  measure: (name: SubjectName) => Promise<RoundResult>,
  { names, rounds, say, signal }: RoundsOptions,
): Promise<ReadonlyMap<SubjectName, SubjectResults>> {
  const results = new Map<SubjectName, SubjectResults>(
    names.map((name) => [name, { rounds: [], faults: [] }]),
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const name of rotate(names, round)) {
      const outcome = await measure(name).catch(sentenceOf);
      signal.throwIfAborted();
      const where = `round ${round + 1}/${rounds}  ${name.padEnd(24)}`;
      if (typeof outcome === 'string') {
        results.get(name)?.faults.push(outcome);
        say(`${where} FAILED: ${outcome}`);
      } else {
        results.get(name)?.rounds.push(outcome);
        say(`${where} ${Math.round(outcome.rowsPerSecond).toLocaleString('en')} rows/s`);
      }
    }
  }
  return results;
}
