import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import { eventually } from '@comms/kit';
import { BenchError } from '../bench-error.js';
import { type Contestant, settingOf } from '../subjects/subject.js';
import type { Latency } from '../results/findings.js';
import { percentile } from '../results/statistics.js';
import type { Servers } from '../servers/open-servers.js';
import { QueueDrain } from '../servers/queue-drain.js';
import { startDaemons } from '../subjects/daemons.js';
import { insertTargets, insertWaiting } from '../work/insert-rows.js';
import { addTriggers } from './triggers.js';

export interface LatencyOptions {
  /** What is committed: a row at `D`, or a merged target, of which comms-monitor makes the row. */
  readonly from: 'row' | 'target';
  /** Whether the database notifies the daemons of rows, in addition to their schedule. */
  readonly wakeUp: boolean;
  readonly seconds: number;
  readonly messageBytes: number;
}

const ROWS_PER_SECOND = 200;

/** The time from a commit to the arrival of the message at a consumer, with single commits at a steady rate. */
export async function measureLatency(
  options: LatencyOptions,
  { servers, signal }: { readonly servers: Servers; readonly signal: AbortSignal },
): Promise<Latency> {
  const { pool, broker } = servers;
  const queue = 'comms.bench.latency';
  if (options.wakeUp) await addTriggers(pool);
  const drain = await QueueDrain.open(broker, queue);
  const daemons: Contestant[] = [];
  try {
    const setting = settingOf(servers, { queue, batchSize: null, ...options }, signal);
    daemons.push(await startDaemons(setting, { app: 'push-to-handset', replicas: 1 }));
    if (options.from === 'target') {
      daemons.push(await startDaemons(setting, { app: 'comms-monitor', replicas: 1 }));
    }
    const arrived = new Map<string, number>();
    drain.onArrival = (id) => arrived.set(id, performance.now());
    const committed = await commitSteadily(pool, options);
    const limits = { everyMs: 20, limitMs: 30_000, signal };
    await eventually('all has arrived', () => arrived.size >= committed.size, limits);
    return latencyOf(
      options.from === 'row' ? steady(committed) : await rowsOf(pool, steady(committed)),
      arrived,
    );
  } finally {
    await Promise.all(daemons.map((daemon) => daemon.stop()));
    await drain.close();
  }
}

/** Commits one after the other at a steady rate. Returns the moment of each commit by the id of what was committed. */
async function commitSteadily(
  pool: Pool,
  { from, seconds, messageBytes }: LatencyOptions,
): Promise<Map<string, number>> {
  const statement =
    from === 'row'
      ? `${insertWaiting('PUSH', { messageBytes })} RETURNING comms_request_target_distribution_id AS id`
      : `${insertTargets({ messageBytes })} RETURNING comms_request_target_id AS id`;
  const committed = new Map<string, number>();
  const insert = async () => {
    const { rows } = await pool.query<{ id: string }>(statement, [1]);
    committed.set(rows[0]?.id ?? '', performance.now());
  };
  await atRate(ROWS_PER_SECOND, seconds, insert);
  return committed;
}

/** Calls `action` at a steady rate for some time, and waits until all calls have ended. */
export async function atRate(perSecond: number, seconds: number, action: () => Promise<void>): Promise<void> {
  const calls: Promise<void>[] = [];
  const start = performance.now();
  while (calls.length < seconds * perSecond) {
    const due = Math.ceil(((performance.now() - start) * perSecond) / 1000);
    while (calls.length < Math.min(due, seconds * perSecond)) calls.push(action());
    await setTimeout(1000 / perSecond);
  }
  await Promise.all(calls);
}

/** Without those of the first seconds: the first row waits for a beat, and programs are compiled. */
function steady(committed: ReadonlyMap<string, number>): Map<string, number> {
  const start = Math.min(...committed.values());
  return new Map([...committed].filter(([, moment]) => moment >= start + FIRST_MS));
}

const FIRST_MS = 2_000;

/** The same moments by the ids of the rows that were made of the targets. */
async function rowsOf(pool: Pool, committed: ReadonlyMap<string, number>): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ target: string; row: string }>(
    `SELECT comms_request_target_id AS target, comms_request_target_distribution_id AS row
     FROM comms_request_target_distribution WHERE comms_request_target_id = ANY ($1)`,
    [[...committed.keys()]],
  );
  return new Map(rows.map(({ target, row }) => [row, committed.get(target) ?? NaN]));
}

/** The commit is reported a little after it has happened, so a message may seem to arrive before it. */
function latencyOf(committed: ReadonlyMap<string, number>, arrived: ReadonlyMap<string, number>): Latency {
  const latencies = [...committed].map(([id, commit]) => {
    const arrival = arrived.get(id);
    if (arrival === undefined) throw new BenchError('WRONG_RESULT', 'a message of another row has arrived');
    return Math.max(0, arrival - commit);
  });
  return { p50: Math.round(percentile(latencies, 50)), p99: Math.round(percentile(latencies, 99)) };
}
