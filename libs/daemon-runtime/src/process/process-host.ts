import { SystemClock } from '../clock.js';
import { LineOutput } from '../logging/line-output.js';
import { streamSink } from '../logging/stream-sink.js';

/** What a daemon sees of the process that it runs in. */
export interface ProcessHost {
  /** The arguments after the name of the program. */
  readonly args: readonly string[];
  /** The path of the program. */
  readonly entry: string;
  /** Standard output. */
  readonly output: LineOutput;
  printError(text: string): void;
  /**
   * Ends the process once its output has been read.
   * @param limitMs how long that may take; a reader that reads nothing gets half a second
   */
  exit(code: ExitCode, limitMs?: number): void;
  /** @param listener called for each SIGTERM and SIGINT, in place of an earlier listener */
  onSignal(listener: (signal: string) => void): void;
  /** @param listener called with each error that was not caught */
  onUncaught(listener: (error: unknown) => void): void;
}

/** The process of this program. */
export function nodeProcess(): ProcessHost {
  const [, entry = '', ...args] = process.argv;
  let onSignal: ((signal: string) => void) | undefined;
  const clock = new SystemClock();
  const output = new LineOutput(streamSink(1), clock);
  const errors = new LineOutput(streamSink(2), clock);
  return {
    args,
    entry,
    output,
    printError: (text) => {
      errors.write(text);
    },
    exit(code, limitMs = OUTPUT_LIMIT_MS) {
      output.flush(limitMs);
      errors.flush(limitMs);
      process.exit(code);
    },
    onSignal(listener) {
      if (onSignal === undefined)
        for (const name of SIGNALS) process.on(name, (signal) => onSignal?.(signal));
      onSignal = listener;
    },
    onUncaught(listener) {
      process.on('uncaughtException', listener).on('unhandledRejection', listener);
    },
  };
}

/** A slow reader gets the last lines. A reader that has stopped does not keep the process alive. */
const OUTPUT_LIMIT_MS = 2_000;

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** The exit codes of a daemon; the numbers are those of sysexits.h. */
export const EXIT_CODE = {
  /** Ended as asked. */
  ok: 0,
  /** Something unexpected. */
  software: 70,
  /** Faults in the configuration or the arguments. */
  config: 78,
} as const;

export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];
