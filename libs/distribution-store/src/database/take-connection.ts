import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Driver } from 'typeorm';
import { StoreError } from '../store-error.js';
import { toStoreError } from './to-store-error.js';
import type { GiveBack } from './transaction.js';

/**
 * A connection of the pool. Where the wait for a free one runs out, it looks once more after a turn of the event loop.
 * In a process that was held up, the timer fires before the process reads the answers that would free connections.
 * Throws a `StoreError`.
 */
export async function takeConnection(
  driver: Driver,
  connectTimeout: number,
): Promise<[PoolClient, GiveBack]> {
  return unlessStarved(connectTimeout, async () => {
    try {
      return await obtain(driver);
    } catch (error) {
      if (!isTimeout(error)) throw error;
      await setImmediate();
      if (!hasFree(driver)) throw error;
      return obtain(driver);
    }
  });
}

/** Runs `connect` and translates its errors; `STORE_CPU_STARVED` where its time ran out for lack of CPU. */
export async function unlessStarved<T>(connectTimeout: number, connect: () => Promise<T>): Promise<T> {
  const isStarved = watchCpu();
  try {
    return await connect();
  } catch (error) {
    if (isTimeout(error) && isStarved(connectTimeout)) throw new StoreError('STORE_CPU_STARVED', STARVED);
    throw toStoreError(error, 'STORE_UNREACHABLE');
  }
}

const STARVED =
  'This process got too little CPU to connect to the database in time: it was busy or held up for all of the wait.';

async function obtain(driver: Driver): Promise<[PoolClient, GiveBack]> {
  return (await driver.obtainMasterConnection()) as [PoolClient, GiveBack];
}

/** By the messages of driver and pool. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.includes('timeout');
}

/** Whether a connection is idle that no caller waits for. */
function hasFree(driver: Driver): boolean {
  const { idleCount, waitingCount } = (driver as Driver & { readonly master: Pool }).master;
  return idleCount > waitingCount;
}

/**
 * Watches from now on whether this process is held up. Call the function that it returns when a wait of `limitMs`
 * milliseconds has run out. It says whether the event loop was busy for nearly all of that time, or noticed its end
 * much too late.
 */
function watchCpu(): (limitMs: number) => boolean {
  const startedMs = performance.now();
  const before = performance.eventLoopUtilization();
  return (limitMs) => {
    const elapsedMs = performance.now() - startedMs;
    const { utilization } = performance.eventLoopUtilization(before);
    return elapsedMs > SHORTEST_MS && (elapsedMs > LATE * limitMs || utilization > NEARLY_ALL);
  };
}

/** In a shorter time, a burst of work looks the same. */
const SHORTEST_MS = 1_000;
const LATE = 1.5;
const NEARLY_ALL = 0.9;
