import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/**
 * Lets Nest and its modules write to the daemon's log. What they log at level `log` describes the start-up, and
 * is logged at `debug`.
 */
export class NestLog implements LoggerService {
  constructor(private readonly target: Log) {}

  log(message: unknown, ...details: unknown[]): void {
    this.target.debug(eventOf(message), { context: contextOf(details) });
  }

  debug(message: unknown, ...details: unknown[]): void {
    this.log(message, ...details);
  }

  verbose(message: unknown, ...details: unknown[]): void {
    this.log(message, ...details);
  }

  warn(message: unknown, ...details: unknown[]): void {
    this.target.warn(eventOf(message), { context: contextOf(details) }, errorOf(message));
  }

  error(message: unknown, ...details: unknown[]): void {
    if (ALSO_THROWN.includes(contextOf(details) ?? '')) this.log(message, ...details);
    else this.target.error(eventOf(message), { context: contextOf(details) }, errorOf(message));
  }

  fatal(message: unknown, ...details: unknown[]): void {
    this.error(message, ...details);
  }
}

/** The loggers that report what Nest throws as well; the caller of Nest logs it once. */
const ALSO_THROWN = ['ExceptionHandler', 'NestApplication'];

function eventOf(message: unknown): string {
  return typeof message === 'string' ? message : 'the framework met an error';
}

/** The last detail is the name of Nest's logger. A stack may come before it, and its first line may hold a value. */
function contextOf(details: readonly unknown[]): string | undefined {
  const last = details.at(-1);
  return typeof last === 'string' && !last.includes('\n') ? last : undefined;
}

function errorOf(message: unknown): unknown {
  return typeof message === 'string' ? undefined : message;
}
