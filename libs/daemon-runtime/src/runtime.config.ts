import { Property, type Section } from '@comms/config';
import { Matches } from 'class-validator';
import { LOG_LEVELS, type LogLevel } from './logging/log.js';
import { BackOffConfig } from './loop/back-off.js';

/** Which of several environments this is; the same for the whole suite. */
export class EnvironmentConfig {
  @Property('comms.environment', {
    type: 'string',
    description:
      'Name of the environment, such as `production` or `test-2`. Each message and the health of each daemon carry it.',
    allowed: '1 to 30 letters, digits, dots, dashes and underscores, the first a letter or digit',
  })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,29}$/)
  readonly environment?: string;
}

/** How a daemon ends. */
export class ShutdownConfig {
  @Property('comms.shutdown.drain-limit', {
    type: 'duration',
    default: '25s',
    description:
      'How long the batch in hand may take to end after SIGTERM or SIGINT; then it is given up, and its rows stay as they were. The supervisor must not kill the daemon before this time and 3 seconds have passed.',
    between: ['0s', '1h'],
  })
  readonly drainLimitMs!: number;
}

/** Where the daemon shows its health, and when it counts as stuck. */
export class HealthConfig {
  @Property('comms.health.port', {
    type: 'integer',
    default: 3000,
    description: 'Port of the health and metrics endpoints.',
    between: [1, 65_535],
  })
  readonly port!: number;

  @Property('comms.health.host', {
    type: 'string',
    description:
      'Address that the health and metrics endpoints listen on, such as `127.0.0.1`; all addresses when left out.',
    allowed: 'an address of this machine',
  })
  readonly host?: string;

  @Property('comms.health.stuck-after', {
    type: 'duration',
    default: '10m',
    description:
      'A batch that has not ended after this time counts as stuck: `/health/live` returns 503, so that a supervisor restarts the daemon. It must be longer than any batch may take.',
    between: ['1s', '24h'],
  })
  readonly stuckAfterMs!: number;
}

/** How much the daemon logs. */
export class LogConfig {
  @Property('comms.log.level', {
    type: 'string',
    default: 'info',
    description:
      'The least severe lines that are logged. `error`: a person must act; `warn`: it heals itself; `info`: started, stopped, a batch done; `debug`: the start-up of the framework.',
    oneOf: LOG_LEVELS,
  })
  readonly level!: LogLevel;
}

/** The configuration that every daemon has; `runDaemon` loads it together with the daemon's own. */
export const RUNTIME_SECTIONS: readonly Section[] = [
  { type: EnvironmentConfig },
  { type: HealthConfig },
  { type: LogConfig },
  { type: ShutdownConfig },
  { type: BackOffConfig },
];
