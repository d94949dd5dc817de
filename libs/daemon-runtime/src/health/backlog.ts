import type { Clock } from '../clock.js';
import type { Log } from '../logging/log.js';
import { errorCode } from '../logging/loggable-error.js';
import { CachedReading } from './cached-reading.js';

/** Counts the rows of a daemon. */
export interface BacklogSource {
  /**
   * Called only when health or metrics are read, and never while a call is under way. The next call comes 5 seconds
   * after the last, or later: after 20 times as long as the last one took.
   */
  count(): Promise<BacklogCount>;
}

/** How many rows are in each state. */
export interface Backlog {
  /** May be distributed now. */
  readonly waiting: number;
  /** Failed, to be tried again. */
  readonly retrying: number;
  /** Failed for good. */
  readonly error: number;
  /** Their time has passed, so that they are never sent. */
  readonly lapsed: number;
  /** Neither claimed nor put until an operator releases them. */
  readonly setAside: number;
  /** Age of the oldest row that waits; 0 when none does. */
  readonly oldestWaitingSeconds: number;
}

/** What a source counts: the backlog, and some of it in more detail. */
export interface BacklogCount extends Backlog {
  /** The rows that are set aside, for each delivery method of the daemon. */
  readonly setAsideByMethod: Readonly<Record<string, number>>;
}

/** Counts the backlog for callers that may ask often. A count that fails is logged once, until a later one succeeds. */
export class BacklogProbe {
  private readonly count: CachedReading<BacklogCount>;
  private failing = false;

  constructor(
    private readonly source: BacklogSource,
    clock: Clock,
    private readonly log: Log,
  ) {
    this.count = new CachedReading(() => this.counted(), clock, COUNT_LIMITS);
  }

  /** Whether the last count that has ended failed. */
  get failed(): boolean {
    return this.failing;
  }

  /** Null when it cannot be counted. While a count is under way, it is the last one. */
  async backlog(): Promise<BacklogCount | null> {
    const reading = await this.count.get();
    if (reading.kind === 'read') return reading.value;
    return reading.kind === 'late' ? (reading.last ?? null) : null;
  }

  private async counted(): Promise<BacklogCount> {
    try {
      const backlog = await this.source.count();
      if (this.failing) this.log.info('backlog counted again');
      this.failing = false;
      return backlog;
    } catch (error) {
      if (!this.failing) this.log.warn('backlog not counted', { code: errorCode(error) }, error);
      this.failing = true;
      throw error;
    }
  }
}

const COUNT_LIMITS = {
  /** Counting takes no more than a twentieth of one connection's time. */
  freshForMs: (tookMs: number) => Math.max(5_000, tookMs * 20),
  limitMs: 2_000,
};
