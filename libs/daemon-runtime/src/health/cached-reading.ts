import { type Clock, endsWithin } from '../clock.js';

export interface ReadingLimits {
  /** How long a reading that took `tookMs` may be returned again. */
  readonly freshForMs: (tookMs: number) => number;
  /** How long a caller waits for a reading. */
  readonly limitMs: number;
}

/** The answer to one caller. */
export type Reading<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** No result yet; `last` is what was read before, where that did not fail. */
  | { readonly kind: 'late'; readonly last?: T };

/**
 * Reads something slow for many callers: one read at a time, none while the last one is fresh, and no caller waits longer
 * than the limit.
 */
export class CachedReading<T> {
  private latest: { readonly reading: Reading<T>; readonly freshUntilMs: number } | undefined;
  private pending: { readonly reading: Promise<Reading<T>>; readonly sinceMs: number } | undefined;

  constructor(
    private readonly read: () => Promise<T>,
    private readonly clock: Clock,
    private readonly limits: ReadingLimits,
  ) {}

  async get(): Promise<Reading<T>> {
    const nowMs = this.clock.elapsedMs();
    if (this.latest && nowMs < this.latest.freshUntilMs) return this.latest.reading;
    this.pending ??= { reading: this.ask(), sinceMs: nowMs };
    const { reading, sinceMs } = this.pending;
    const waitMs = Math.max(0, sinceMs + this.limits.limitMs - nowMs);
    return (await endsWithin(this.clock, waitMs, reading)) ? reading : this.late();
  }

  private late(): Reading<T> {
    const last = this.latest?.reading;
    return last?.kind === 'read' ? { kind: 'late', last: last.value } : { kind: 'late' };
  }

  private async ask(): Promise<Reading<T>> {
    const startedMs = this.clock.elapsedMs();
    const reading = await this.readSafely();
    const endedMs = this.clock.elapsedMs();
    this.latest = { reading, freshUntilMs: endedMs + this.limits.freshForMs(endedMs - startedMs) };
    this.pending = undefined;
    return reading;
  }

  private async readSafely(): Promise<Reading<T>> {
    try {
      return { kind: 'read', value: await this.read() };
    } catch (error) {
      return { kind: 'failed', error };
    }
  }
}
