import { Property } from '@comms/config';
import { IsIn } from 'class-validator';
import { LOG_LEVELS, type LogLevel } from './log.js';

/** How much the daemon logs. */
export class LogConfig {
  @Property('comms.log.level', {
    type: 'string',
    default: 'info',
    description:
      'The least severe lines that are logged. `error`: a person must act; `warn`: it heals itself; `info`: started, stopped, a batch done; `debug`: the start-up of the framework.',
    allowed: 'debug, info, warn, error or fatal',
  })
  @IsIn(LOG_LEVELS)
  readonly level!: LogLevel;
}
