import { Injectable } from '@nestjs/common';
import { type Facts, Log } from '../logging/log.js';
import { errorCode } from '../logging/stable-code.js';
import { CycleMetrics, type CycleResult } from '../metrics/cycle-metrics.js';
import type { FailedCycle } from '../poller/poller-observer.js';
import type { PollReport } from './daemon-job.js';
import { healsItself } from './heals-itself.js';
import { TroubleError } from './trouble-error.js';

/** Turns what polls and cycles do into log lines and metrics. Idle ones leave no line. */
@Injectable()
export class CycleReporter {
  private failing = false;

  constructor(
    private readonly log: Log,
    private readonly metrics: CycleMetrics,
  ) {}

  pollEnded(result: CycleResult, durationMs: number): void {
    this.metrics.pollEnded(result, durationMs);
  }

  batchDone({ distributed, retried, failed }: PollReport, durationMs: number): void {
    this.log.info('batch done', { distributed, retried, failed, durationMs: Math.round(durationMs) });
  }

  /** A poll has ended well. */
  atWork(): void {
    if (this.failing) this.log.info('recovered');
    this.failing = false;
  }

  cycleEnded(result: CycleResult, durationMs: number): void {
    this.metrics.cycleEnded(result, durationMs);
  }

  /** One line for each thing that went wrong, however many batches it met. */
  cycleFailed({ durationMs, errors, failures, pauseMs }: FailedCycle): void {
    this.failing = true;
    this.metrics.cycleEnded('failed', durationMs);
    const oneOfEach = new Map([...errors].reverse().map((error) => [errorCode(error), error]));
    for (const [code, error] of oneOfEach) this.tell(error, { code, failures, pauseMs });
  }

  private tell(error: unknown, facts: Facts): void {
    if (error instanceof TroubleError) this.log.warn('cycle failed', { ...facts, text: error.message });
    else if (healsItself(error)) this.log.warn('cycle failed', facts, error);
    else this.log.error('cycle failed', facts, error);
  }
}
