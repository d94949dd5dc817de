import type { Clock } from './clock.js';

/**
 * Waits for `work`, at most `limitMs`: true once it has ended, false when the limit came first; the work then goes on
 * unwatched. Rejects when `work` rejects within the limit.
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
