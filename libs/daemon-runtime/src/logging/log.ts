import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { LineOutput } from './line-output.js';
import { loggableError } from './loggable-error.js';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a line holds besides its event. Never a message, a target, a key or a property's value. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface LogOptions {
  /** Is in every line. */
  readonly app: string;
  /** Lines below it are left out. */
  readonly level: LogLevel;
}

/**
 * The daemon's log: JSON, one line per event. `event` is a fixed text, facts are fields. An error adds only what {@link
 * loggableError} returns of it.
 *
 * `error`: a person must act. `warn`: it heals itself. `info`: started, stopped, a batch done. `debug`: what the
 * framework logs at its start.
 */
export class Log {
  private readonly logger: Logger;

  /** @param destination where the lines go; what a {@link LineOutput} drops is counted in a line once it has caught up */
  constructor(
    { app, level }: LogOptions,
    private readonly destination: DestinationStream,
  ) {
    const formatters = { level: (label: string) => ({ level: label }) };
    this.logger = pino(
      { base: { app }, formatters, level, timestamp: stdTimeFunctions.isoTime },
      destination,
    );
    if (destination instanceof LineOutput)
      destination.onCaughtUp((lines) => {
        this.logger.child({}, { level: 'warn' }).warn({ lines }, 'log lines dropped');
      });
  }

  /** How many lines were dropped because their reader had stopped. */
  get droppedLines(): number {
    return this.destination instanceof LineOutput ? this.destination.dropped : 0;
  }

  debug(event: string, facts: Facts = {}): void {
    this.logger.debug(facts, event);
  }

  info(event: string, facts: Facts = {}): void {
    this.logger.info(facts, event);
  }

  warn(event: string, facts: Facts = {}, error?: unknown): void {
    this.logger.warn(withError(facts, error), event);
  }

  error(event: string, facts: Facts = {}, error?: unknown): void {
    this.logger.error(withError(facts, error), event);
  }

  /** The process cannot go on. */
  fatal(event: string, facts: Facts = {}, error?: unknown): void {
    this.logger.fatal(withError(facts, error), event);
  }
}

function withError(facts: Facts, error: unknown): object {
  return error === undefined ? facts : { ...facts, error: loggableError(error) };
}
