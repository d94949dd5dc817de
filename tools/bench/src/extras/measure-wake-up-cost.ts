import type { Pool } from 'pg';
import type { WakeUpCost } from '../results/findings.js';
import { type Spread, spreadOf } from '../results/spread.js';
import { rotate } from '../rounds/rotate.js';
import type { Servers } from '../servers/open-servers.js';
import { insertWaiting } from '../work/insert-waiting.js';
import { insertRate } from './insert-rate.js';
import { addTriggers, dropTrigger } from './triggers.js';
import { WRITER_NAMES, type WriterName, WRITERS } from './writers.js';

export interface WakeUpCostOptions {
  /** For all turns together. */
  readonly seconds: number;
  readonly messageBytes: number;
}

const ROUNDS = 7;
const STATES = ['without', 'with'] as const;

type Turn = (writer: WriterName, state: (typeof STATES)[number]) => Promise<number>;

/**
 * What the triggers that wake the daemons cost those who put rows in, while somebody listens, as a daemon does. Short
 * turns without and with them, each on an empty table, which has neither rows nor a trigger at the end.
 */
export async function measureWakeUpCost(
  { seconds, messageBytes }: WakeUpCostOptions,
  { servers, signal }: { readonly servers: Pick<Servers, 'pool'>; readonly signal: AbortSignal },
): Promise<WakeUpCost> {
  const { pool } = servers;
  const statement = insertWaiting('PUSH', messageBytes);
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

/** Whoever went first goes last the next time. */
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
