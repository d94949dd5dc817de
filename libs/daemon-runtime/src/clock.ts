import { setImmediate } from 'node:timers/promises';

/**
 * Time as the runtime sees it, and the token by which it is injected. It is a parameter everywhere, so that tests and
 * simulators can control it.
 */
export abstract class Clock {
  /** The wall clock. */
  abstract now(): Date;
  /** Milliseconds on a clock that never steps, counted from an arbitrary moment. */
  abstract elapsedMs(): number;
  /** Calls `action` once, in `ms` milliseconds; the function that it returns cancels that. */
  abstract after(ms: number, action: () => void): () => void;
  /** Resolves in a later turn of the event loop, once waiting I/O has had its turn. */
  abstract nextTurn(): Promise<void>;
}

/** The clock of this machine. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  elapsedMs(): number {
    return performance.now();
  }

  after(ms: number, action: () => void): () => void {
    const timer = setTimeout(action, ms);
    return () => {
      clearTimeout(timer);
    };
  }

  async nextTurn(): Promise<void> {
    await setImmediate();
  }
}

/**
 * Waits for `work`, at most `limitMs`: true once it has ended, false when the limit came first; the work then goes on.
 * Rejects when `work` rejects within the limit.
 */
export async function endsWithin(clock: Clock, limitMs: number, work: Promise<unknown>): Promise<boolean> {
  let cancel: (() => void) | undefined;
  const limit = new Promise<false>((resolve) => {
    cancel = clock.after(limitMs, () => {
      resolve(false);
    });
  });
  try {
    return await Promise.race([work.then(() => true), limit]);
  } finally {
    cancel?.();
  }
}
