import { type DynamicModule, Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { AppInfo } from './app-info.js';
import { Clock, SystemClock } from './clock.js';
import { Log } from './logging/log.js';
import { DaemonMetrics } from './metrics/daemon-metrics.js';
import { metricsRegistry } from './metrics/metrics-registry.js';

/** What any library of a daemon may inject: AppInfo, Clock, DaemonMetrics, Log, and the Registry of prom-client. */
@Module({})
export class TelemetryModule {
  static forRoot(app: AppInfo, log: Log): DynamicModule {
    return {
      module: TelemetryModule,
      global: true,
      providers: [
        { provide: AppInfo, useValue: app },
        { provide: Clock, useClass: SystemClock },
        { provide: Log, useValue: log },
        { provide: Registry, useFactory: metricsRegistry, inject: [AppInfo, Log] },
        DaemonMetrics,
      ],
      exports: [AppInfo, Clock, DaemonMetrics, Log, Registry],
    };
  }
}
