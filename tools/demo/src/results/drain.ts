import { setTimeout } from 'node:timers/promises';
import { DELIVERY_METHODS } from '@comms/distribution';
import { DemoError } from '../demo-error.js';
import type { DemoRows } from './demo-rows.js';
import { type Outcome, OUTCOMES, type Tally } from './outcome.js';
import { type RequestIds, requestIdsOf, type SampleComm } from '../comms/sample-comms.js';
import type { Screen } from '../show/screen.js';
import type { Upstream } from '../comms/upstream.js';

export interface DrainSetting {
  readonly upstream: Pick<Upstream, 'putIn'>;
  readonly rows: Pick<DemoRows, 'tally'>;
  readonly screen: Pick<Screen, 'progress'>;
  readonly signal: AbortSignal;
}

/**
 * Inserts the comms, portion by portion, and waits until each has an outcome, with its progress on the screen. Throws
 * `NOT_THROUGH` when none has moved on for long.
 */
export async function drain(comms: readonly SampleComm[], setting: DrainSetting): Promise<Tally> {
  const { upstream, rows, screen, signal } = setting;
  const ids = requestIdsOf(comms);
  const portion = Math.ceil(comms.length / PORTIONS);
  for (let start = 0; start < comms.length; start += portion) {
    await upstream.putIn(comms.slice(start, start + portion));
    screen.progress(progressOf(await rows.tally(ids), comms.length));
    await setTimeout(PORTION_PAUSE_MS, undefined, { signal });
  }
  return untilThrough(comms.length, ids, setting);
}

/** Merging takes time as well, and a demo that is over too soon shows little. */
const PORTIONS = 12;
const PORTION_PAUSE_MS = 150;

const STALL_LIMIT_MS = 60_000;

async function untilThrough(
  count: number,
  ids: RequestIds,
  { rows, screen, signal }: DrainSetting,
): Promise<Tally> {
  let tally = await rows.tally(ids);
  let movedAt = Date.now();
  while (throughOf(tally) < count) {
    if (Date.now() - movedAt > STALL_LIMIT_MS) throw stalled(count - throughOf(tally));
    await setTimeout(POLL_MS, undefined, { signal });
    const next = await rows.tally(ids);
    if (JSON.stringify(next) !== JSON.stringify(tally)) movedAt = Date.now();
    tally = next;
    screen.progress(progressOf(tally, count));
  }
  return tally;
}

const POLL_MS = 100;

function stalled(left: number): DemoError {
  return new DemoError(
    'NOT_THROUGH',
    `${left} comms have no outcome yet, and none has moved on for ${STALL_LIMIT_MS / 1000} s.`,
  );
}

/** How many have an outcome: neither comms at `D` nor comms without a row count. */
function throughOf(tally: Tally): number {
  return sum(
    tally,
    OUTCOMES.filter((outcome) => outcome !== 'D'),
  );
}

function sum(tally: Tally, outcomes: readonly Outcome[]): number {
  return DELIVERY_METHODS.reduce(
    (all, method) => all + outcomes.reduce((some, outcome) => some + tally[method][outcome], 0),
    0,
  );
}

const BAR_WIDTH = 16;

function progressOf(tally: Tally, count: number): string {
  const through = throughOf(tally);
  const bar = '█'.repeat(Math.floor((through / count) * BAR_WIDTH)).padEnd(BAR_WIDTH, '░');
  const parts = [
    `${sum(tally, ['S', 'P'])} delivered`,
    `${sum(tally, ['R'])} refused`,
    `${sum(tally, ['E'])} failed`,
    `${sum(tally, ['lapsed'])} lapsed`,
  ];
  return `  ${bar} ${through} of ${count}: ${parts.join(', ')}`;
}
