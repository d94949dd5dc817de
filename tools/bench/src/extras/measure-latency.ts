import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import { eventually } from '@comms/kit';
import { BenchError } from '../bench-error.js';
import { settingOf } from '../subjects/subject.js';
import type { Latency } from '../results/findings.js';
import { percentile } from '../results/statistics.js';
import type { Servers } from '../servers/open-servers.js';
import { QueueDrain } from '../servers/queue-drain.js';
import { startDaemons } from '../subjects/daemons.js';
import { insertWaiting } from '../work/insert-rows.js';
import { addTriggers } from './triggers.js';

export interface LatencyOptions {
  /** Whether the database notifies the daemon of rows, in addition to its schedule. */
  readonly wakeUp: boolean;
  readonly seconds: number;
  readonly messageBytes: number;
  readonly batchSize: number;
}

const ROWS_PER_SECOND = 200;
/** As the daemon is shipped. */
const SCHEDULE = '1s';

/** The time from the commit of a row to the arrival of its message at a consumer, with single rows at a steady rate. */
export async function measureLatency(
  { wakeUp, seconds, messageBytes, batchSize }: LatencyOptions,
  { servers, signal }: { readonly servers: Servers; readonly signal: AbortSignal },
): Promise<Latency> {
  const { pool, broker } = servers;
  const queue = 'comms.bench.latency';
  if (wakeUp) await addTriggers(pool);
  const drain = await QueueDrain.open(broker, queue);
  try {
    const handset = { queue, batchSize, schedule: SCHEDULE, wakeUp };
    const setting = settingOf(servers, handset, signal);
    const daemon = await startDaemons(setting, { app: 'push-to-handset', replicas: 1 });
    try {
      const arrived = new Map<string, number>();
      drain.onArrival = (id) => arrived.set(id, performance.now());
      const committed = await commitSteadily(pool, seconds * ROWS_PER_SECOND, messageBytes);
      const limits = { everyMs: 20, limitMs: 30_000, signal };
      await eventually('all has arrived', () => arrived.size >= committed.size, limits);
      return latencyOf(committed, arrived);
    } finally {
      await daemon.stop();
    }
  } finally {
    await drain.close();
  }
}

/** Commits row after row at a steady rate. Returns the moment of each row's commit. */
async function commitSteadily(pool: Pool, rows: number, messageBytes: number): Promise<Map<string, number>> {
  const committed = new Map<string, number>();
  const start = performance.now();
  const inserts: Promise<void>[] = [];
  while (inserts.length < rows) {
    const due = Math.min(rows, Math.ceil(((performance.now() - start) * ROWS_PER_SECOND) / 1000));
    while (inserts.length < due) inserts.push(insert(pool, messageBytes, committed));
    await setTimeout(1000 / ROWS_PER_SECOND);
  }
  await Promise.all(inserts);
  return committed;
}

async function insert(pool: Pool, messageBytes: number, committed: Map<string, number>): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `${insertWaiting('PUSH', messageBytes)} RETURNING comms_request_target_distribution_id AS id`,
    [1],
  );
  committed.set(rows[0]?.id ?? '', performance.now());
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
