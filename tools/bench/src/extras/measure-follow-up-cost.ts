import { setTimeout } from 'node:timers/promises';
import { listenerOf } from '../processes/listener-of.js';
import { familySeconds } from '../processes/usage.js';
import type { FollowUpCost, SecondCost } from '../results/findings.js';
import type { Servers } from '../servers/open-servers.js';
import { QueueDrain } from '../servers/queue-drain.js';
import { startDaemons } from '../subjects/daemons.js';
import { settingOf } from '../subjects/subject.js';
import { insertWaiting } from '../work/insert-rows.js';
import { atRate } from './measure-latency.js';

/** Rows that are committed per second, one by one. */
const RATES = [0, 1, 10, 50, 200];
/** After the start, and after the first rows. */
const SETTLE_MS = 5_000;

interface FollowUpCostOptions {
  /** Of each measurement. */
  readonly seconds: number;
  readonly messageBytes: number;
}

/**
 * What a daemon and both servers do in a second at a steady rate of rows, without follow-up and with it. The sessions
 * that insert the rows count in both.
 */
export async function measureFollowUpCost(
  options: FollowUpCostOptions,
  setting: { readonly servers: Servers; readonly signal: AbortSignal },
): Promise<FollowUpCost[]> {
  const costs: FollowUpCost[] = [];
  for (const rowsPerSecond of RATES) {
    const measure = (followUp: boolean) => secondCost({ ...options, rowsPerSecond, followUp }, setting);
    costs.push({ rowsPerSecond, without: await measure(false), with: await measure(true) });
  }
  return costs;
}

async function secondCost(
  { seconds, messageBytes, rowsPerSecond, followUp }: FollowUpCostOptions & Case,
  { servers, signal }: { readonly servers: Servers; readonly signal: AbortSignal },
): Promise<SecondCost> {
  const queue = 'comms.bench.follow-up';
  const drain = await QueueDrain.open(servers.broker, queue);
  try {
    const setting = settingOf(servers, { queue, batchSize: null, followUp }, signal);
    const daemon = await startDaemons(setting, { app: 'push-to-handset', replicas: 1 });
    try {
      const statement = insertWaiting('PUSH', { messageBytes });
      const insert = async () => {
        await servers.pool.query(statement, [1]);
      };
      const read = await meterOf(servers, daemon.pids[0] ?? NaN);
      const inserting = atRate(rowsPerSecond, seconds + SETTLE_MS / 1000, insert);
      await setTimeout(SETTLE_MS, undefined, { signal });
      const before = await read();
      await setTimeout(seconds * 1000, undefined, { signal });
      const after = await read();
      await inserting;
      return perSecond(before, after, seconds);
    } finally {
      await daemon.stop();
    }
  } finally {
    await drain.close();
  }
}

interface Case {
  readonly rowsPerSecond: number;
  readonly followUp: boolean;
}

/** Reads what was used up to now: processor time in milliseconds, transactions, and bytes of the write-ahead log. */
async function meterOf(
  { pool, broker, databaseUrl }: Servers,
  daemonPid: number,
): Promise<() => Promise<SecondCost>> {
  const [brokerPid, databasePid] = [await listenerOf(broker.stompUrl), await listenerOf(databaseUrl)];
  const milliseconds = async (pid: number) => (await familySeconds(pid)) * 1_000;
  return async () => {
    const { rows } = await pool.query<{ transactions: string; wal: string }>(
      `SELECT xact_commit + xact_rollback AS transactions, pg_current_wal_insert_lsn() - '0/0' AS wal
       FROM pg_stat_database WHERE datname = current_database()`,
    );
    return {
      daemonMs: await milliseconds(daemonPid),
      databaseMs: await milliseconds(databasePid),
      brokerMs: await milliseconds(brokerPid),
      transactions: Number(rows[0]?.transactions),
      walBytes: Number(rows[0]?.wal),
    };
  };
}

function perSecond(before: SecondCost, after: SecondCost, seconds: number): SecondCost {
  const entries = Object.entries(after).map(([name, value]: [string, number]) => [
    name,
    (value - before[name as keyof SecondCost]) / seconds,
  ]);
  return Object.fromEntries(entries) as SecondCost;
}
