import { constants } from 'node:os';
import { Interruption } from './interruption.js';
import type { DemoOptions } from './parse-arguments.js';
import { runDemo } from './run-demo.js';
import { Screen } from './show/screen.js';
import { sentenceOf } from './sentence-of.js';
import type { Backstage } from './stage.js';
import { emptySummary, type Summary } from './results/summary.js';
import { Teardown } from './teardown.js';

/** Runs the demo and cleans up after it, however it ends. Answers the exit code. */
export async function runToEnd(options: DemoOptions): Promise<number> {
  const screen = new Screen(options.json ? process.stderr : process.stdout);
  const backstage = { screen, teardown: new Teardown(), abort: abortOnSignals() };
  const { summary, exitCode } = await attempt(options, backstage);
  screen.line();
  screen.line('Ending the daemons and removing what they left …');
  const leftOver = await backstage.teardown.run();
  for (const fault of leftOver) screen.line(screen.paint('red', fault));
  const ok = summary.ok && leftOver.length === 0;
  screen.line(leftOver.length === 0 ? 'All is ended and removed.' : 'Not all has ended as it should.');
  if (options.json) process.stdout.write(`${JSON.stringify({ ...summary, ok })}\n`);
  return exitCode === 0 && !ok ? 1 : exitCode;
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
    // Whoever read it has gone.
    stream.on('error', () => {
      abort.abort(new Interruption('SIGPIPE'));
    });
  }
  return abort;
}

async function attempt(
  options: DemoOptions,
  backstage: Backstage,
): Promise<{ readonly summary: Summary; readonly exitCode: number }> {
  const { screen, abort } = backstage;
  try {
    return { summary: await runDemo(options, backstage), exitCode: 0 };
  } catch (error) {
    const reason: unknown = abort.signal.aborted ? abort.signal.reason : error;
    screen.line();
    screen.line(screen.paint('red', sentenceOf(reason)));
    const exitCode = reason instanceof Interruption ? 128 + constants.signals[reason.signal] : 1;
    return { summary: emptySummary(options.count), exitCode };
  }
}
