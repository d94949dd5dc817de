import { Injectable } from '@nestjs/common';
import type { PollReport } from '../daemon.js';
import { errorCode } from '../logging/loggable-error.js';
import type { Facts, Log } from '../logging/log.js';
import { CycleMetrics, type CycleResult } from '../metrics/cycle-metrics.js';
import { Runtime } from '../runtime.js';
import type { FailedCycle, FinishedCycle, PollerObserver, PollFailure } from './poller.js';

/** One cycle of the poller: what all its polls did together. */
export interface Cycle {
  readonly startedAt: Date;
  /** Null while it runs. */
  readonly finishedAt: Date | null;
  readonly distributed: number;
  /** Rows that became `R`. */
  readonly retried: number;
  /** Rows that became `E`, or were set aside. */
  readonly failed: number;
}

/** What kept the daemon from its work. */
export interface LastError {
  readonly code: string;
  readonly at: Date;
}

/** Remembers, logs and counts what polls and cycles do. Nothing is logged of idle ones. */
@Injectable()
export class CycleRecorder implements PollerObserver {
  private cycle: Cycle | null = null;
  private error: LastError | null = null;
  private failing = false;

  constructor(
    private readonly runtime: Runtime,
    private readonly metrics: CycleMetrics,
  ) {}

  /** The cycle in hand, or else the last one; null before the first. */
  get lastCycle(): Cycle | null {
    return this.cycle;
  }

  /** Whether the cycle in hand, or else the last one, had rows to work on. */
  get foundRows(): boolean {
    return this.cycle !== null && resultOf(this.cycle) === 'worked';
  }

  /** Null when there has been none since the start. */
  get lastError(): LastError | null {
    return this.error;
  }

  /** @param report what the poll did; undefined where it threw */
  pollEnded(report: PollReport | undefined, durationMs: number): void {
    this.metrics.pollEnded(report === undefined || report.trouble ? 'failed' : resultOf(report), durationMs);
    if (report === undefined) return;
    if (resultOf(report) === 'worked') this.worked(report, durationMs);
    if (report.trouble) return;
    if (this.failing) this.log.info('recovered');
    this.failing = false;
  }

  cycleStarted(): void {
    const startedAt = this.runtime.clock.now();
    this.cycle = { startedAt, finishedAt: null, distributed: 0, retried: 0, failed: 0 };
  }

  cycleFinished({ durationMs }: FinishedCycle): void {
    this.end();
    this.metrics.cycleEnded(this.cycle === null ? 'idle' : resultOf(this.cycle), durationMs);
  }

  /** One line for each thing that went wrong, however many batches it met. */
  cycleFailed({ durationMs, causes, failures, pauseMs }: FailedCycle): void {
    this.end();
    this.failing = true;
    this.metrics.cycleEnded('failed', durationMs);
    const [first] = causes;
    if (first) this.error = { code: codeOf(first), at: this.runtime.clock.now() };
    const oneOfEach = new Map([...causes].reverse().map((cause) => [codeOf(cause), cause]));
    for (const [code, cause] of oneOfEach) this.logFailure(cause, { code, failures, pauseMs });
  }

  private worked({ distributed, retried, failed }: PollReport, durationMs: number): void {
    const { cycle } = this;
    if (cycle) {
      this.cycle = {
        ...cycle,
        distributed: cycle.distributed + distributed,
        retried: cycle.retried + retried,
        failed: cycle.failed + failed,
      };
    }
    this.log.info('batch done', { distributed, retried, failed, durationMs: Math.round(durationMs) });
  }

  private end(): void {
    if (this.cycle) this.cycle = { ...this.cycle, finishedAt: this.runtime.clock.now() };
  }

  private logFailure(cause: PollFailure, facts: Facts): void {
    if ('trouble' in cause) this.log.warn('cycle failed', { ...facts, text: cause.trouble.text });
    else if (healsItself(cause.error)) this.log.warn('cycle failed', facts, cause.error);
    else this.log.error('cycle failed', facts, cause.error);
  }

  private get log(): Log {
    return this.runtime.log;
  }
}

function resultOf({ distributed, retried, failed }: Omit<Cycle, 'startedAt' | 'finishedAt'>): CycleResult {
  return distributed + retried + failed === 0 ? 'idle' : 'worked';
}

function codeOf(cause: PollFailure): string {
  return 'trouble' in cause ? cause.trouble.code : errorCode(cause.error);
}

/** Whether a later try can succeed without a person's help: our errors say so by `retryable`; errors of the operating system always do. */
function healsItself(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return 'retryable' in error ? error.retryable === true : 'syscall' in error;
}
