import type { Section } from '@comms/config';
import { HealthConfig } from './health/health.config.js';
import { LogConfig } from './logging/log.config.js';
import { BackOffConfig } from './poller/back-off.config.js';
import { ShutdownConfig } from './process/shutdown.config.js';

/** The configuration that every daemon has; `runDaemon` loads it beside the daemon's own. */
export const RUNTIME_SECTIONS: readonly Section[] = [
  { type: HealthConfig },
  { type: LogConfig },
  { type: ShutdownConfig },
  { type: BackOffConfig },
];
