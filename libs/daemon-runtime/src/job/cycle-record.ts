import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';

/** One draining of the backlog: what all its polls did together. */
export interface Cycle {
  readonly startedAt: Date;
  /** Null while it runs. */
  readonly finishedAt: Date | null;
  readonly distributed: number;
  /** Rows that became `R`. */
  readonly retried: number;
  /** Rows that became `E`. */
  readonly failed: number;
}

/** What a cycle counts. */
export type CycleCounts = Pick<Cycle, 'distributed' | 'retried' | 'failed'>;

/** What kept the daemon from its work. */
export interface LastError {
  readonly code: string;
  readonly at: Date;
}

/** Remembers the last cycle, and the last error until another takes its place. */
@Injectable()
export class CycleRecord {
  private cycle: Cycle | null = null;
  private error: LastError | null = null;

  constructor(private readonly clock: Clock) {}

  /** The cycle in hand, or else the last one; null before the first. */
  get lastCycle(): Cycle | null {
    return this.cycle;
  }

  /** Null when there has been none since the start. */
  get lastError(): LastError | null {
    return this.error;
  }

  start(): void {
    this.cycle = { startedAt: this.clock.now(), finishedAt: null, distributed: 0, retried: 0, failed: 0 };
  }

  add({ distributed, retried, failed }: CycleCounts): void {
    if (!this.cycle) return;
    this.cycle = {
      ...this.cycle,
      distributed: this.cycle.distributed + distributed,
      retried: this.cycle.retried + retried,
      failed: this.cycle.failed + failed,
    };
  }

  /** @param errorCode why it ended before its time */
  end(errorCode?: string): void {
    const now = this.clock.now();
    if (this.cycle) this.cycle = { ...this.cycle, finishedAt: now };
    if (errorCode !== undefined) this.error = { code: errorCode, at: now };
  }
}
