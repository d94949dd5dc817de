import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/**
 * Lets Nest and its modules write to the daemon's log. What they tell at level `log` is the inside of a start-up, and
 * goes out at `debug`.
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
    if (THROWN_AS_WELL.includes(contextOf(details) ?? '')) this.log(message, ...details);
    else this.target.error(eventOf(message), { context: contextOf(details) }, errorOf(message));
  }

  fatal(message: unknown, ...details: unknown[]): void {
    this.error(message, ...details);
  }
}

/** The loggers that report what Nest throws on to whoever started it, who reports it in turn. */
const THROWN_AS_WELL = ['ExceptionHandler', 'NestApplication'];

function eventOf(message: unknown): string {
  return typeof message === 'string' ? message : 'the framework met an error';
}

/** Nest's loggers end with their own name; before it may stand a stack, whose head nobody has checked. */
function contextOf(details: readonly unknown[]): string | undefined {
  const last = details.at(-1);
  return typeof last === 'string' && !last.includes('\n') ? last : undefined;
}

function errorOf(message: unknown): unknown {
  return typeof message === 'string' ? undefined : message;
}
