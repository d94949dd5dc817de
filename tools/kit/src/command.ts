import { constants } from 'node:os';
import type { Asked } from './command-line.js';

/** A command of this repository, from its command line to its exit code. */
export interface Command<T> {
  readonly name: string;
  /** Printed for `--help`, and after a fault. */
  readonly usage?: string;
  readonly parse: (args: readonly string[]) => Asked<T>;
  /** Resolves with the exit code. */
  readonly run: (options: T) => Promise<number>;
  /** The exit code for a command line with a fault; 64 by default, as in sysexits.h. */
  readonly usageExitCode?: number;
}

/** Runs a command as the arguments of this process ask, and sets the exit code. */
export async function main<T>({ name, usage, parse, run, usageExitCode = 64 }: Command<T>): Promise<void> {
  const asked = parse(process.argv.slice(2));
  if ('options' in asked) {
    process.exitCode = await run(asked.options);
  } else if ('help' in asked) {
    process.stdout.write(`${usage ?? ''}\n`);
  } else {
    process.stderr.write(`${name}: ${asked.fault}\n${usage === undefined ? '' : `\n${usage}\n`}`);
    process.exitCode = usageExitCode;
  }
}

/** The result of a command, or a sentence that says why there is none. */
export type Attempt<T> =
  { readonly result: T; readonly exitCode: 0 } | { readonly fault: string; readonly exitCode: number };

/** Runs the body of a command. A signal aborts it; the body then ends what it has begun, and rejects. */
export async function attempt<T>(run: (abort: AbortController) => Promise<T>): Promise<Attempt<T>> {
  const abort = abortOnSignals();
  try {
    return { result: await run(abort), exitCode: 0 };
  } catch (error) {
    const reason: unknown = abort.signal.aborted ? abort.signal.reason : error;
    const exitCode = reason instanceof Interruption ? 128 + constants.signals[reason.signal] : 1;
    return { fault: sentenceOf(reason), exitCode };
  }
}

/** Why a command ends early: its user or the system has sent a signal, or its output is closed. */
export class Interruption extends Error {
  override readonly name = 'Interruption';

  constructor(readonly signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
  }
}

/** The first reason counts. A terminal sends Ctrl-C to npm as well, which passes it on a second time. */
function abortOnSignals(): AbortController {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      abort.abort(new Interruption(signal));
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => {
      abort.abort(new Interruption('SIGPIPE'));
    });
  }
  return abort;
}

/** What a command must end or remove before it exits. */
export class Teardown {
  private readonly steps: { readonly what: string; readonly end: () => Promise<unknown> }[] = [];

  /** Adds a step. Add it before the work begins, so that an early end runs it too. */
  add(what: string, end: () => Promise<unknown>): void {
    this.steps.push({ what, end });
  }

  /** Takes all steps, the last one first, also after one that fails. Returns a sentence for each failure. */
  async run(): Promise<readonly string[]> {
    const faults: string[] = [];
    for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop()) {
      const { what, end } = step;
      await end().catch((error: unknown) => {
        faults.push(`${what}: ${sentenceOf(error)}`);
      });
    }
    return faults;
  }
}

/** The message of an error for a reader. Errors of refused connections have only a code. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return error.message || (typeof code === 'string' ? code : error.name);
}
