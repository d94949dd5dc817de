import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import { usageOf } from '../processes/usage.js';
import type { IdleCost } from '../results/findings.js';
import { settingOf } from '../subjects/subject.js';
import type { Servers } from '../servers/open-servers.js';
import { startDaemons } from '../subjects/daemons.js';

/** By then V8 has collected the garbage of the start. It does that once, half a minute after it. */
const SETTLE_MS = 60_000;

/** The processor time and the transactions of a daemon with nothing to do. */
export async function measureIdle(
  seconds: number,
  { servers, signal }: { readonly servers: Servers; readonly signal: AbortSignal },
): Promise<IdleCost> {
  const { pool } = servers;
  const handset = { queue: 'comms.bench.idle', batchSize: null };
  const setting = settingOf(servers, handset, signal);
  const daemon = await startDaemons(setting, { app: 'push-to-handset', replicas: 1 });
  const [pid = NaN] = daemon.pids;
  try {
    await setTimeout(SETTLE_MS, undefined, { signal });
    const before = { usage: await usageOf(pid), transactions: await transactions(pool) };
    await setTimeout(seconds * 1000, undefined, { signal });
    const after = { usage: await usageOf(pid), transactions: await transactions(pool) };
    const cpu = (after.usage.cpuSeconds ?? NaN) - (before.usage.cpuSeconds ?? NaN);
    return {
      cpuPercent: Number.isNaN(cpu) ? null : (cpu / seconds) * 100,
      transactionsPerBeat: (after.transactions - before.transactions - OWN_TRANSACTIONS) / seconds,
    };
  } finally {
    await daemon.stop();
  }
}

/** The query that reads the count. */
const OWN_TRANSACTIONS = 1;

async function transactions(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    'SELECT xact_commit + xact_rollback AS count FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(rows[0]?.count);
}
