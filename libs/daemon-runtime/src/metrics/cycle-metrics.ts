import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** `worked`: at least one row was distributed or failed; `failed`: something kept the daemon from its work. */
export type CycleResult = 'worked' | 'idle' | 'failed';

/** What the loop did. All results exist from the start, so that a first failure shows in a rate. */
@Injectable()
export class CycleMetrics {
  private readonly cycles: Counter<'result'>;
  private readonly cycleSeconds: Histogram<'result'>;
  private readonly pollSeconds: Histogram<'result'>;
  private readonly lastCycle: Gauge;

  constructor(registry: Registry) {
    const labelled = { labelNames: ['result'] as const, registers: [registry] };
    this.cycles = new Counter({
      ...labelled,
      name: 'comms_cycles_total',
      help: 'Cycles that have ended, by result: worked, idle or failed',
    });
    this.cycleSeconds = new Histogram({
      ...labelled,
      name: 'comms_cycle_duration_seconds',
      help: 'How long a cycle took; one cycle works off the whole backlog',
      buckets: [0.005, 0.05, 0.5, 5, 30, 300, 3_000],
    });
    this.pollSeconds = new Histogram({
      ...labelled,
      name: 'comms_poll_duration_seconds',
      help: 'How long a poll took, from claiming a batch to recording it',
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    });
    this.lastCycle = new Gauge({
      registers: [registry],
      name: 'comms_last_cycle_timestamp_seconds',
      help: 'When the last cycle ended, in seconds since 1970; 0 before the first',
    });
    for (const result of ['worked', 'idle', 'failed']) this.start(result);
  }

  pollEnded(result: CycleResult, durationMs: number): void {
    this.pollSeconds.observe({ result }, durationMs / 1_000);
  }

  cycleEnded(result: CycleResult, durationMs: number): void {
    this.cycles.inc({ result });
    this.cycleSeconds.observe({ result }, durationMs / 1_000);
    this.lastCycle.setToCurrentTime();
  }

  private start(result: string): void {
    this.cycles.inc({ result }, 0);
    this.cycleSeconds.zero({ result });
    this.pollSeconds.zero({ result });
  }
}
