import { DELIVERY_METHODS } from '@comms/distribution';
import { OUTCOMES, type Tally } from './outcome.js';

/** What the demo found when all was through, and what it had expected. */
export interface Findings {
  readonly expected: Tally;
  readonly actual: Tally;
  /** By queue: the distribution ids of the rows that say they were delivered to it, and of the messages on it. */
  readonly queues: Readonly<Record<string, Placed>>;
  /** Names of the files that rows say they were delivered to, and of those in the directory. */
  readonly files: Placed;
  /** Rows of others that were changed. */
  readonly touched: number;
}

interface Placed {
  readonly delivered: readonly string[];
  readonly found: readonly string[];
}

/** One sentence for each fault. There is none where every comm is where its row says, once, and nothing else is there. */
export function findFaults({ expected, actual, queues, files, touched }: Findings): string[] {
  return [
    ...tallyFaults(expected, actual),
    ...Object.entries(queues).flatMap(([queue, placed]) => placeFaults(`on ${queue}`, placed)),
    ...placeFaults('in the SMS directory', files),
    ...(touched === 0 ? [] : [`${touched} rows that no daemon may touch were changed.`]),
  ];
}

function tallyFaults(expected: Tally, actual: Tally): string[] {
  return DELIVERY_METHODS.flatMap((method) =>
    OUTCOMES.filter((outcome) => actual[method][outcome] !== expected[method][outcome]).map(
      (outcome) =>
        `${method}: ${actual[method][outcome]} comms at ${outcome} instead of ${expected[method][outcome]}.`,
    ),
  );
}

function placeFaults(place: string, { delivered, found }: Placed): string[] {
  const wanted = new Set(delivered);
  const there = new Set(found);
  const missing = delivered.filter((id) => !there.has(id)).length;
  const foreign = found.filter((id) => !wanted.has(id)).length;
  const repeated = found.length - there.size;
  return [
    ...(missing > 0 ? [`${missing} delivered comms are not ${place}.`] : []),
    ...(foreign > 0 ? [`${foreign} messages are ${place} although no row says so.`] : []),
    ...(repeated > 0 ? [`${repeated} messages are ${place} more than once.`] : []),
  ];
}
