import {
  BACKLOG_SOURCE,
  type BacklogSource,
  DAEMON_JOB,
  HEALTH_CONTRIBUTORS,
  type HealthContributor,
  WAKE_UP,
  type WakeUp,
} from '@comms/daemon-runtime';
import type { MonitorStore } from '@comms/monitor';
import { type DynamicModule, type InjectionToken, Module, type ModuleMetadata } from '@nestjs/common';
import { MonitorJob } from './monitor-job.js';
import { MonitorConfig } from './monitor.config.js';

/** The adapters behind the ports of comms-monitor. */
export interface MonitorDaemonOptions {
  /** The modules that export the adapters named below. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  readonly store: InjectionToken<MonitorStore>;
  readonly databaseHealth: InjectionToken<HealthContributor>;
  readonly backlog: InjectionToken<BacklogSource>;
  readonly wakeUp: InjectionToken<WakeUp>;
}

/** The job of comms-monitor. */
@Module({})
export class MonitorDaemonModule {
  static of({ imports, store, databaseHealth, backlog, wakeUp }: MonitorDaemonOptions): DynamicModule {
    return {
      module: MonitorDaemonModule,
      imports,
      providers: [
        { provide: DAEMON_JOB, useFactory: jobOf, inject: [store, MonitorConfig] },
        { provide: HEALTH_CONTRIBUTORS, useFactory: allOf, inject: [databaseHealth] },
        { provide: BACKLOG_SOURCE, useExisting: backlog },
        { provide: WAKE_UP, useExisting: wakeUp },
      ],
      exports: [DAEMON_JOB, WAKE_UP, HEALTH_CONTRIBUTORS, BACKLOG_SOURCE],
    };
  }
}

function jobOf(store: MonitorStore, config: MonitorConfig): MonitorJob {
  return new MonitorJob(store, config);
}

function allOf(...contributors: HealthContributor[]): readonly HealthContributor[] {
  return contributors;
}
