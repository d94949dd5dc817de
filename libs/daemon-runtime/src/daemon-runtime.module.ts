import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Clock, SystemClock } from './clock.js';
import { HealthController } from './health/health.controller.js';
import { Health, Surroundings } from './health/health.js';
import { Log } from './logging/log.js';
import { Cycles } from './loop/cycles.js';
import { DaemonLoop } from './loop/daemon-loop.js';
import { CycleMetrics } from './metrics/cycle-metrics.js';
import { DaemonMetrics } from './metrics/daemon-metrics.js';
import { MetricsController, metricsRegistry } from './metrics/metrics-registry.js';
import { StateMetrics } from './metrics/state-metrics.js';
import { AppInfo, Runtime } from './runtime.js';

/** What every module may inject: the `Runtime`, and each of its parts by its own class. */
@Module({})
export class RuntimeModule {
  static forRoot(app: AppInfo, log: Log): DynamicModule {
    return {
      module: RuntimeModule,
      global: true,
      providers: [
        { provide: AppInfo, useValue: app },
        { provide: Clock, useClass: SystemClock },
        { provide: Log, useValue: log },
        { provide: Registry, useFactory: metricsRegistry, inject: [AppInfo, Log] },
        DaemonMetrics,
        Runtime,
      ],
      exports: [AppInfo, Clock, DaemonMetrics, Log, Registry, Runtime],
    };
  }
}

/** Schedule, loop, health, metrics and end around the `Daemon` that a module exports. */
@Module({})
export class DaemonRuntimeModule {
  static around(daemon: Type | DynamicModule): DynamicModule {
    return {
      module: DaemonRuntimeModule,
      imports: [daemon],
      controllers: [HealthController, MetricsController],
      providers: [CycleMetrics, Cycles, DaemonLoop, Health, StateMetrics, Surroundings],
    };
  }
}
