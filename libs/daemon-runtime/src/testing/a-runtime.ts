import { Configuration } from '@comms/config';
import { Registry } from 'prom-client';
import type { Clock } from '../clock.js';
import type { Log } from '../logging/log.js';
import { DaemonMetrics } from '../metrics/daemon-metrics.js';
import { AppInfo, Runtime } from '../runtime.js';
import { aLog } from './a-log.js';
import { FakeClock } from './fake-clock.js';

interface RuntimeParts {
  readonly configuration?: Configuration;
  readonly log?: Log;
  readonly clock?: Clock;
}

/** The runtime of push-to-handset 1.2.3, with a clock that stands still and an empty configuration. */
export function aRuntime({
  configuration = new Configuration([], []),
  log = aLog().log,
  clock = new FakeClock(),
}: RuntimeParts = {}): Runtime {
  const registry = new Registry();
  const app = new AppInfo('push-to-handset', '1.2.3');
  return new Runtime(app, configuration, log, clock, new DaemonMetrics(registry), registry);
}
