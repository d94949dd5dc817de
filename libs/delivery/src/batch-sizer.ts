import type { BatchReport } from './batch-report.js';

/**
 * How many rows the next batch may claim: few at first, twice as many after each full batch that went well and quickly,
 * half as many after one that was slow or met trouble. Refused messages make no batch smaller: what one of them costs the good
 * ones, the courier keeps small.
 */
export class BatchSizer {
  private rows: number;

  /** @param largest rows of the largest batch, at least 1 */
  constructor(private readonly largest: number) {
    this.rows = Math.min(SMALLEST, largest);
  }

  /** Rows at most. */
  get size(): number {
    return this.rows;
  }

  /** Learns from a batch that took `durationMs` from its claim to its record. */
  learn(report: BatchReport, durationMs: number): void {
    if (report.trouble !== undefined || durationMs > SLOW_MS) this.resize(this.rows / 2);
    else if (report.more && durationMs < QUICK_MS) this.resize(this.rows * 2);
  }

  private resize(rows: number): void {
    this.rows = Math.min(this.largest, Math.max(SMALLEST, Math.floor(rows)));
  }
}

/** As many as go one by one to a broker at a time: smaller batches would only be slower. */
const SMALLEST = 64;
const QUICK_MS = 1_000;
const SLOW_MS = 4_000;
