import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { AppInfo } from '../app-info.js';

/** A registry of one daemon alone: which program it is, how its process fares, and whatever else is registered later. */
export function metricsRegistry({ app, version }: AppInfo): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'comms_' });
  new Gauge({
    registers: [registry],
    labelNames: ['app', 'version'],
    name: 'comms_build_info',
    help: 'Always 1; the labels tell which program this is',
  }).set({ app, version }, 1);
  eventLoopLag(registry);
  return registry;
}

function eventLoopLag(registry: Registry): void {
  const delays = monitorEventLoopDelay({ resolution: 20 });
  delays.enable();
  new Gauge({
    registers: [registry],
    name: 'comms_event_loop_lag_seconds',
    help: 'The longest that the event loop was held up since the last scrape',
    collect() {
      this.set(delays.max / 1e9);
      delays.reset();
    },
  });
}
