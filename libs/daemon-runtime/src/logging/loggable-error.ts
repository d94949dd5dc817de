import { safeMessage } from './safe-message.js';
import { stableCode } from './stable-code.js';

/** What a log line holds of an error. */
export interface LoggableError {
  /** The name of its class. */
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  /** Where it was thrown: the frames alone, for the head of a stack repeats the message. */
  readonly frames?: readonly string[];
  readonly cause?: LoggableError;
}

/**
 * Takes from an error what may be logged and nothing else, for the errors of drivers carry queries and rows in fields
 * of their own.
 */
export function loggableError(error: unknown, causesLeft = 3): LoggableError {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = stableCode(error);
  const message = safeMessage(error);
  return {
    type: error.constructor.name,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    frames: framesOf(error.stack),
    ...(error.cause !== undefined && causesLeft > 0 && { cause: loggableError(error.cause, causesLeft - 1) }),
  };
}

/** The frames of a stack, without its head. */
function framesOf(stack = ''): string[] {
  const frames = stack.split('\n').filter((line) => FRAME.test(line));
  return frames.slice(0, MOST_FRAMES).map((line) => line.trim());
}

const FRAME = /^ {4}at (?:.+ \(.+:\d+:\d+\)|[^ ]+:\d+:\d+)$/;
const MOST_FRAMES = 20;
