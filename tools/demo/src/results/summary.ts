import type { Findings } from './find-faults.js';
import { type Tally, tallyOf } from './outcome.js';

/** The demo's last line with `--json`. */
export interface Summary {
  /** Whether every comm is where it must be, and everything has ended without a fault. */
  readonly ok: boolean;
  readonly count: number;
  readonly methods: Tally;
  /** Messages on each queue. */
  readonly queues: Readonly<Record<string, number>>;
  /** SMS files. */
  readonly files: number;
  /** From the start of the demo until all comms were through. */
  readonly seconds: number;
}

export function summaryOf(
  { actual, queues, files }: Pick<Findings, 'actual' | 'queues' | 'files'>,
  rest: Pick<Summary, 'ok' | 'count' | 'seconds'>,
): Summary {
  const { ok, count, seconds } = rest;
  return {
    ok,
    count,
    methods: actual,
    queues: Object.fromEntries(Object.entries(queues).map(([queue, { found }]) => [queue, found.length])),
    files: files.found.length,
    seconds,
  };
}

/** The summary of a demo that ended before it had results. */
export function emptySummary(count: number): Summary {
  return { ok: false, count, methods: tallyOf([]), queues: {}, files: 0, seconds: 0 };
}
