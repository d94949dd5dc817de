import type { BatchReport } from './batch-report.js';

/**
 * How many rows the next batch may claim. It finds the size at which a batch takes about 200 ms from its
 * claim to its record: that is long enough for the fixed cost of a batch to be small, and short enough that a row of high
 * priority soon has its turn. Where looks that find nothing take long, servers are far away: then a batch may take longer,
 * because more of its time is fixed cost.
 *
 * Trouble halves the next batch. Refused messages do not: what one of them costs the good ones, the courier keeps small.
 */
export class BatchSizer {
  private rows: number;
  private idleMs = 0;

  /** @param largest rows of the largest batch, at least 1 */
  constructor(private readonly largest: number) {
    this.rows = Math.min(FIRST, largest);
  }

  /** Rows at most. */
  get size(): number {
    return this.rows;
  }

  /** Learns from a batch that took `durationMs` from its claim to its record. */
  learn(report: BatchReport, durationMs: number): void {
    if (isIdle(report))
      this.idleMs = this.idleMs === 0 ? durationMs : Math.min(durationMs, this.idleMs * 1.1);
    else if (report.trouble !== undefined) this.resize(this.rows / 2);
    else this.approach(this.idealMs / durationMs, report.more);
  }

  /** Differences of a quarter come and go with the load of the servers. */
  private approach(factor: number, isFull: boolean): void {
    const mayGrow = isFull && factor > 1.25;
    if (mayGrow || factor < 0.75) this.resize(this.rows * Math.min(2, Math.max(0.5, factor)));
  }

  private get idealMs(): number {
    return Math.min(LONGEST_IDEAL_MS, Math.max(IDEAL_MS, IDEAL_IN_IDLE_LOOKS * this.idleMs));
  }

  private resize(rows: number): void {
    this.rows = Math.min(this.largest, Math.max(SMALLEST, Math.floor(rows)));
  }
}

/** Before anything is known: so few that a refusal or a slow broker costs little, so many that a burst is not held up. */
const FIRST = 500;
/** As many as go one by one to a broker at a time: smaller batches would only be slower. */
const SMALLEST = 64;
const IDEAL_MS = 200;
const LONGEST_IDEAL_MS = 1_000;
const IDEAL_IN_IDLE_LOOKS = 20;

function isIdle({ delivered, retried, failed, setAside, refused, more, trouble }: BatchReport): boolean {
  return delivered + retried + failed + setAside + refused === 0 && !more && trouble === undefined;
}
