import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { HealthController } from './health/health.controller.js';
import { Health, Surroundings } from './health/health.js';
import { CycleRecorder } from './loop/cycle-recorder.js';
import { DaemonLoop } from './loop/daemon-loop.js';
import { CycleMetrics } from './metrics/cycle-metrics.js';
import { MetricsController } from './metrics/metrics-registry.js';
import { StateMetrics } from './metrics/state-metrics.js';

/** Schedule, loop, health, metrics and end around the `Daemon` that a module exports. */
@Module({})
export class LoopModule {
  static around(daemon: Type | DynamicModule): DynamicModule {
    return {
      module: LoopModule,
      imports: [daemon],
      controllers: [HealthController, MetricsController],
      providers: [CycleMetrics, CycleRecorder, DaemonLoop, Health, StateMetrics, Surroundings],
    };
  }
}
