import { type DynamicModule, Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Clock, SystemClock } from './clock.js';
import { Log } from './logging/log.js';
import { DaemonMetrics } from './metrics/daemon-metrics.js';
import { metricsRegistry } from './metrics/metrics-registry.js';
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
