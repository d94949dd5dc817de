import { describe, expect, it } from '@jest/globals';
import type { Registry } from 'prom-client';
import { AppInfo } from '../runtime.js';
import { aLog } from '../testing/a-log.js';
import { eventually } from '../testing/eventually.js';
import { metricsRegistry } from './metrics-registry.js';

describe('metricsRegistry', () => {
  it('reports which program it is and the state of its process', async () => {
    const metrics = await metricsRegistry(new AppInfo('the-app', '1.2.3'), aLog().log).metrics();
    expect(metrics).toContain('comms_build_info{app="the-app",version="1.2.3"} 1');
    expect(metrics).toMatch(/^comms_process_resident_memory_bytes \d/m);
  });

  it('has only its own measure of the event loop', async () => {
    const names = [
      ...(await metricsRegistry(new AppInfo('the-app', '1.2.3'), aLog().log).getMetricsAsJSON()),
    ];
    expect(names.map(({ name }) => name).filter((name) => /event_?loop/.test(name))).toEqual([LAG]);
  });

  it('reports how long the event loop was held up since the last scrape', async () => {
    const registry = metricsRegistry(new AppInfo('the-app', '1.2.3'), aLog().log);
    await eventually(async () => (await lag(registry)) < 0.2);
    holdUp(500);
    await eventually(async () => (await lag(registry)) > 0.3);
    await eventually(async () => (await lag(registry)) < 0.2);
  });
});

const LAG = 'comms_event_loop_lag_seconds';

async function lag(registry: Registry): Promise<number> {
  const text = await registry.getSingleMetricAsString(LAG);
  return Number(/^comms_event_loop_lag_seconds (\S+)$/m.exec(text)?.[1]);
}

function holdUp(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
