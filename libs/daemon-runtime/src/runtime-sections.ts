import type { Section } from '@comms/config';
import { EnvironmentConfig } from './environment.config.js';
import { HealthConfig } from './health/health.config.js';
import { LogConfig } from './logging/log.config.js';
import { BackOffConfig } from './loop/back-off.js';
import { ShutdownConfig } from './process/shutdown.config.js';

/** The configuration that every daemon has; `runDaemon` loads it together with the daemon's own. */
export const RUNTIME_SECTIONS: readonly Section[] = [
  { type: EnvironmentConfig },
  { type: HealthConfig },
  { type: LogConfig },
  { type: ShutdownConfig },
  { type: BackOffConfig },
];
