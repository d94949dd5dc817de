import { setTimeout } from 'node:timers/promises';
import { BenchError } from './bench-error.js';

export interface Patience {
  readonly everyMs: number;
  readonly limitMs: number;
  /** Ends the wait with its reason. */
  readonly signal: AbortSignal;
}

/** Asks again and again until `condition` holds. Throws `TOO_SLOW` at the limit. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  { everyMs, limitMs, signal }: Patience,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await condition())) {
    signal.throwIfAborted();
    if (performance.now() > deadline) {
      throw new BenchError('TOO_SLOW', `not within ${limitMs / 1000} s: ${what}`);
    }
    await setTimeout(everyMs);
  }
}
