import type { Pool, PoolClient } from 'pg';
import type { WakeUpCost } from '../results/findings.js';
import { type Spread, spreadOf } from '../results/statistics.js';
import { rotate } from '../rounds/run-rounds.js';
import type { Servers } from '../servers/open-servers.js';
import { insertWaiting } from '../work/insert-rows.js';
import { addTriggers, dropTrigger } from './triggers.js';
import { WRITER_NAMES, type WriterName, WRITERS, type Writers } from './writers.js';

interface WakeUpCostOptions {
  /** For all turns together. */
  readonly seconds: number;
  readonly messageBytes: number;
}

const ROUNDS = 7;
const STATES = ['without', 'with'] as const;

type Turn = (writer: WriterName, state: (typeof STATES)[number]) => Promise<number>;

/**
 * The cost of the triggers that notify the daemons, for those who insert rows, while a session listens as a daemon does. Short
 * turns without and with them, each on an empty table, which has neither rows nor a trigger at the end.
 */
export async function measureWakeUpCost(
  { seconds, messageBytes }: WakeUpCostOptions,
  { servers, signal }: { readonly servers: Pick<Servers, 'pool'>; readonly signal: AbortSignal },
): Promise<WakeUpCost> {
  const { pool } = servers;
  const statement = insertWaiting('PUSH', { messageBytes });
  const milliseconds = (seconds * 1000) / (ROUNDS * WRITER_NAMES.length * STATES.length);
  const listener = await pool.connect();
  try {
    await listener.query('LISTEN comms_awaiting_push');
    return await inTurn(async (writer, state) => {
      signal.throwIfAborted();
      await (state === 'with' ? addTriggers(pool) : dropTrigger(pool));
      await empty(pool);
      return insertRate(pool, WRITERS[writer], { statement, milliseconds });
    });
  } finally {
    listener.release(true);
    await dropTrigger(pool);
    await empty(pool);
  }
}

/** The state that went first goes last the next time. */
async function inTurn(turn: Turn): Promise<WakeUpCost> {
  const costs = WRITER_NAMES.map((writer) => ({ writer, without: [] as number[], with: [] as number[] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const cost of costs) {
      for (const state of rotate(STATES, round)) cost[state].push(await turn(cost.writer, state));
    }
  }
  const entries = costs.map(({ writer, ...rates }) => [
    writer,
    { without: spread(rates.without), with: spread(rates.with) },
  ]);
  return Object.fromEntries(entries) as WakeUpCost;
}

function spread([first = NaN, ...others]: readonly number[]): Spread {
  return spreadOf([first, ...others]);
}

async function empty(pool: Pool): Promise<void> {
  await pool.query('TRUNCATE comms_request_target_distribution');
}

/** Lets the writers run one statement after the other for some time. Returns the rows per second that were committed. */
async function insertRate(
  pool: Pool,
  { sessions, rows }: Writers,
  { statement, milliseconds }: { readonly statement: string; readonly milliseconds: number },
): Promise<number> {
  const clients = await Promise.all(Array.from({ length: sessions }, () => pool.connect()));
  try {
    const insert = (client: PoolClient) => client.query(statement, [rows]);
    // The first one looks up tables and triggers again, since these have changed.
    await Promise.all(clients.map(insert));
    const start = performance.now();
    const counts = await Promise.all(
      clients.map(async (client) => {
        let count = 0;
        for (; performance.now() < start + milliseconds; count += 1) await insert(client);
        return count;
      }),
    );
    const statements = counts.reduce((sum, count) => sum + count, 0);
    return (statements * rows * 1000) / (performance.now() - start);
  } finally {
    for (const client of clients) client.release();
  }
}
