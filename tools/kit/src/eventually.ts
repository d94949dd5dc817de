import { setTimeout } from 'node:timers/promises';

/** What is waited for: a condition, or one with other limits than the usual ones. */
export type Wanted<T> = Condition<T> | Wait<T>;

type Condition<T> = (value: T) => boolean;

interface Wait<T> {
  /** By default the value itself must be true. */
  readonly isIt?: Condition<T>;
  /** The pause between two readings; 50 ms by default. */
  readonly everyMs?: number;
  /** 60 seconds by default. */
  readonly limitMs?: number;
  /** Ends the wait with its reason. */
  readonly signal?: AbortSignal;
}

/** Reads until the value is as wanted, and returns it. Rejects after the limit, and then names the last value. */
export async function eventually<T>(
  what: string,
  read: () => T | Promise<T>,
  wanted: Wanted<T> = {},
): Promise<T> {
  const wait: Wait<T> = typeof wanted === 'function' ? { isIt: wanted } : wanted;
  const { isIt = isTrue, everyMs = 50, limitMs = 60_000, signal } = wait;
  const deadline = performance.now() + limitMs;
  for (;;) {
    const value = await read();
    if (isIt(value)) return value;
    signal?.throwIfAborted();
    if (performance.now() > deadline)
      throw new Error(`not within ${limitMs / 1000} s: ${what}${lastSeen(value)}`);
    await setTimeout(everyMs);
  }
}

function isTrue(value: unknown): boolean {
  return value === true;
}

/** The value of a plain condition says nothing more. */
function lastSeen(value: unknown): string {
  return typeof value === 'boolean' ? '' : `; last seen: ${JSON.stringify(value)}`;
}
