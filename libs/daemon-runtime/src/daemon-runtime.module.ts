import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { Clock } from './clock.js';
import { HealthConfig } from './health/health.config.js';
import { HealthController } from './health/health.controller.js';
import { Health } from './health/health.js';
import { Surroundings } from './health/surroundings.js';
import { CycleRecord } from './job/cycle-record.js';
import { CycleReporter } from './job/cycle-reporter.js';
import { DAEMON_JOB, type DaemonJob } from './job/daemon-job.js';
import { DaemonLoop } from './job/daemon-loop.js';
import { Drain } from './job/drain.js';
import { JobCycles } from './job/job-cycles.js';
import { CycleMetrics } from './metrics/cycle-metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { StateMetrics } from './metrics/state-metrics.js';
import { BackOffConfig } from './poller/back-off.config.js';
import { type Pacing, Poller } from './poller/poller.js';

/** Schedule, loop, health, metrics and drain around the job that a daemon's module provides. */
@Module({})
export class DaemonRuntimeModule {
  /** @param daemon exports DAEMON_JOB, WAKE_UP, HEALTH_CONTRIBUTORS and BACKLOG_SOURCE */
  static around(daemon: Type | DynamicModule): DynamicModule {
    return {
      module: DaemonRuntimeModule,
      imports: [daemon],
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: PACING, useFactory: pacing, inject: [BackOffConfig, HealthConfig, Clock, DAEMON_JOB] },
        { provide: Poller, useFactory: poller, inject: [DAEMON_JOB, JobCycles, PACING] },
        CycleMetrics,
        CycleRecord,
        CycleReporter,
        DaemonLoop,
        Drain,
        Health,
        JobCycles,
        StateMetrics,
        Surroundings,
      ],
    };
  }
}

const PACING = Symbol('Pacing');

// eslint-disable-next-line max-params -- Nest calls a factory with one argument an injection
function pacing(
  backOff: BackOffConfig,
  { stuckAfterMs }: HealthConfig,
  clock: Clock,
  { batchesInHand }: DaemonJob,
): Pacing {
  return { backOff, clock, random: Math.random, stuckAfterMs, pollsAtOnce: batchesInHand };
}

function poller(job: DaemonJob, cycles: JobCycles, pace: Pacing): Poller {
  return new Poller(() => cycles.poll(job), cycles, pace);
}
