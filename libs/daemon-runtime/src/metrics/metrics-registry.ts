import { Controller, Get, Header } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Log } from '../logging/log.js';
import type { AppInfo } from '../runtime.js';

/** The metrics of one daemon: which program it is, the state of its process, and whatever is registered later. */
export function metricsRegistry({ app, version }: AppInfo, log: Log): Registry {
  const registry = new Registry();
  processMetrics(registry);
  new Gauge({
    registers: [registry],
    labelNames: ['app', 'version'],
    name: 'comms_build_info',
    help: 'Always 1; the labels name the program and its version',
  }).set({ app, version }, 1);
  eventLoopLag(registry);
  droppedLogLines(registry, log);
  return registry;
}

function droppedLogLines(registry: Registry, log: Log): void {
  new Counter({
    registers: [registry],
    name: 'comms_log_lines_dropped_total',
    help: 'Log lines that were dropped, because the log was not read',
    collect() {
      this.reset();
      this.inc(log.droppedLines);
    },
  });
}

/**
 * The default metrics of the library, except for those of the event loop: they would wake an idle process a hundred
 * times per second.
 */
function processMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry, prefix: 'comms_', eventLoopMonitoringPrecision: NEVER_MS });
  for (const { name } of registry.getMetricsAsArray()) {
    if (name.startsWith('comms_nodejs_eventloop_lag')) registry.removeSingleMetric(name);
  }
}

/** The longest interval that Node.js takes. */
const NEVER_MS = 2 ** 31 - 1;

/** The metrics endpoint. */
@Controller('metrics')
export class MetricsController {
  constructor(private readonly registry: Registry) {}

  @Get()
  @Header('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE)
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}

/** Shows at each scrape the longest time that the event loop was blocked, to a tenth of a second. */
function eventLoopLag(registry: Registry): void {
  let dueMs = performance.now() + BEAT_MS;
  let longestMs = 0;
  const look = () => {
    longestMs = Math.max(longestMs, performance.now() - dueMs);
  };
  const beat = () => {
    look();
    dueMs = performance.now() + BEAT_MS;
  };
  setInterval(beat, BEAT_MS).unref();
  new Gauge({
    registers: [registry],
    name: 'comms_event_loop_lag_seconds',
    help: 'The longest time that the event loop was held up since the last scrape',
    collect() {
      look();
      this.set(longestMs / 1_000);
      longestMs = 0;
    },
  });
}

/** Each beat wakes an idle process, and a delay of the loop that is shorter than one beat does no harm. */
const BEAT_MS = 100;
