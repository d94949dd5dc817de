import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { errorCode } from '../logging/stable-code.js';
import type { CycleResult } from '../metrics/cycle-metrics.js';
import type { FailedCycle, FinishedCycle, PollerObserver } from '../poller/poller-observer.js';
import { type CycleCounts, CycleRecord } from './cycle-record.js';
import { CycleReporter } from './cycle-reporter.js';
import type { DaemonJob, PollReport } from './daemon-job.js';
import { TroubleError } from './trouble-error.js';

/** Stands between a poller and the job, and sees to it that nothing that they do goes unrecorded. */
@Injectable()
export class JobCycles implements PollerObserver {
  constructor(
    private readonly record: CycleRecord,
    private readonly reporter: CycleReporter,
    private readonly clock: Clock,
  ) {}

  /** Has the job do a batch, as a poller wants it: its trouble is thrown. */
  async poll(job: DaemonJob): Promise<'more' | 'idle'> {
    const startedMs = this.clock.elapsedMs();
    let result: CycleResult = 'failed';
    try {
      const report = await job.poll();
      this.count(report, this.clock.elapsedMs() - startedMs);
      if (report.trouble) throw new TroubleError(report.trouble);
      this.reporter.atWork();
      result = resultOf(report);
      return report.next;
    } finally {
      this.reporter.pollEnded(result, this.clock.elapsedMs() - startedMs);
    }
  }

  cycleStarted(): void {
    this.record.start();
  }

  cycleFinished({ durationMs }: FinishedCycle): void {
    this.record.end();
    this.reporter.cycleEnded(resultOf(this.record.lastCycle), durationMs);
  }

  cycleFailed(cycle: FailedCycle): void {
    this.record.end(errorCode(cycle.errors[0]));
    this.reporter.cycleFailed(cycle);
  }

  private count(report: PollReport, durationMs: number): void {
    if (resultOf(report) === 'idle') return;
    this.record.add(report);
    this.reporter.batchDone(report, durationMs);
  }
}

function resultOf(counts: CycleCounts | null): CycleResult {
  if (counts === null) return 'idle';
  return counts.distributed + counts.retried + counts.failed === 0 ? 'idle' : 'worked';
}
