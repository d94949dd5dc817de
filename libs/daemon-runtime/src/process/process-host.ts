import type { ExitCode } from './exit-code.js';

/** What a daemon sees of the process that it runs in. */
export interface ProcessHost {
  /** The arguments behind the name of the program. */
  readonly args: readonly string[];
  /** The path of the program. */
  readonly entry: string;
  printOut(text: string): void;
  printError(text: string): void;
  /** Ends the process. */
  exit(code: ExitCode): void;
  /** @param listener called for each SIGTERM and SIGINT, in place of an earlier listener */
  onSignal(listener: (signal: string) => void): void;
  /** @param listener called with what nobody caught */
  onUncaught(listener: (error: unknown) => void): void;
}

/** The process of this program. */
export function nodeProcess(): ProcessHost {
  const [, entry = '', ...args] = process.argv;
  let onSignal: ((signal: string) => void) | undefined;
  return {
    args,
    entry,
    printOut: (text) => process.stdout.write(text),
    printError: (text) => process.stderr.write(text),
    exit: (code) => process.exit(code),
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

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
