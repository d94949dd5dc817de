import { setImmediate } from 'node:timers/promises';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import type { StoreError } from '../store-error.js';
import type { Pooler } from './pooler.js';
import type { Transaction } from './transaction.js';

/** Two sessions that one batch has at a time. */
export interface SessionPair {
  /** Keeps rows locked. */
  readonly first: Transaction;
  /** Runs one statement meanwhile. */
  readonly second: Transaction;
}

/** In milliseconds. */
export interface SecondSessionLimits {
  /** When to look whether a pooler has no session for the second. */
  readonly lookMs: number;
  /** When to give the first one up in that case. */
  readonly giveUpMs: number;
}

/**
 * The limits for one wait. The last one is a random time between half and all of connect-timeout, 2 s at most. So of several
 * batches that wait for each other, one gives up first and the others go on.
 */
export function secondSessionLimits(
  { connectTimeout }: Pick<DatasourceConfig, 'connectTimeout'>,
  random = Math.random(),
): SecondSessionLimits {
  const longestMs = Math.min(connectTimeout, LONGEST_MS);
  return { lookMs: longestMs / 4, giveUpMs: longestMs * (0.5 + random / 2) };
}

/** A pooler that has a session free hands it over within milliseconds. */
const LONGEST_MS = 2_000;

/**
 * Waits for the answer to what `second` runs. A pooler may have no session for it, and perhaps never will while `first`
 * keeps one: then both connections are given back, and this throws `STORE_POOLER_EXHAUSTED`. A slow database, or one
 * without a pooler, may take as long as for any statement.
 */
export async function awaitInSecondSession<T>(
  pair: SessionPair,
  answer: Promise<T>,
  { pooler, limits: { lookMs, giveUpMs } }: { pooler: Pooler; limits: SecondSessionLimits },
): Promise<T> {
  const hasComeWithin = awaited(answer);
  const startedMs = performance.now();
  let waitMs = lookMs;
  while (!(await hasComeWithin(waitMs))) {
    const place = await placeOf(pair.first, lookMs);
    if (place === 'no pooler' || (await hasComeWithin(0))) break;
    if (place === 'database') continue;
    pooler.foundSmall();
    const leftMs = giveUpMs - (performance.now() - startedMs);
    if (leftMs <= 0) throw await giveUp(pair, pooler);
    waitMs = Math.min(lookMs, leftMs);
  }
  const result = await answer;
  pooler.foundEnough();
  return result;
}

/** `second` is ended before `first`: otherwise the pooler would hand the session of `first` to it. */
async function giveUp({ first, second }: SessionPair, pooler: Pooler): Promise<StoreError> {
  const error = pooler.foundExhausted();
  second.end(error);
  await first.rollback(error);
  return error;
}

/**
 * Returns a function that waits at most `ms` milliseconds and says whether the answer or its error has come. One that waits
 * in the socket to be read counts as come.
 */
function awaited(answer: Promise<unknown>): (ms: number) => Promise<boolean> {
  let hasCome = false;
  const settled = answer.then(
    () => (hasCome = true),
    () => (hasCome = true),
  );
  return async (ms) => {
    if (hasCome) return true;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, ms, false);
    });
    const inTime = await Promise.race([settled, limit]);
    clearTimeout(timer);
    if (!inTime) await setImmediate();
    return hasCome;
  };
}

/**
 * Where the statement of the second session waits; the first session is asked. Behind a pooler, the login named another
 * process of the server than the one that runs the statements. A statement that the database itself is slow at is seen at
 * work there. PostgreSQL shows a transaction the same list of sessions each time, unless that snapshot is cleared.
 */
async function placeOf(first: Transaction, sinceMs: number): Promise<'no pooler' | 'pooler' | 'database'> {
  const { rows } = await first.query<{ process: number; atWork: boolean }>(`
    SELECT pg_stat_clear_snapshot();
    SELECT pg_backend_pid() AS process, EXISTS (
      SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = session_user
        AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE '%comms_put_announcement%'
        AND query_start < statement_timestamp() - interval '${sinceMs / 2} ms'
    ) AS "atWork"`);
  const [found] = rows;
  if (found?.process === first.serverProcess) return 'no pooler';
  return found?.atWork ? 'database' : 'pooler';
}
