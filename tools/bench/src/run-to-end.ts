import { constants } from 'node:os';
import { Interruption } from './interruption.js';
import type { BenchOptions } from './parse-arguments.js';
import { runBench } from './run-bench.js';
import { EMPTY_FINDINGS, type Findings, measuredNothing } from './results/findings.js';
import { summaryOf } from './results/summary.js';
import { sentenceOf } from './sentence-of.js';
import { Teardown } from './teardown.js';

/**
 * Runs the benchmark and ends all that it started, however it goes. Answers the exit code: {@link EXIT_CODE_UNAVAILABLE}
 * where all that was asked for is left out.
 */
export async function runToEnd(options: BenchOptions): Promise<number> {
  const out = options.json ? process.stderr : process.stdout;
  const say = (line: string) => out.write(`${line}\n`);
  const teardown = new Teardown();
  const { findings, exitCode } = await attempt(options, { say, teardown });
  const leftOver = await teardown.run();
  for (const fault of leftOver) say(`not ended as it should: ${sentenceOf(fault)}`);
  const summary = summaryOf(findings);
  const nothing = exitCode === 0 && measuredNothing(findings);
  if (nothing) say('Nothing was measured: what it needs is not here.');
  const ok = exitCode === 0 && !nothing && summary.ok && leftOver.length === 0;
  if (options.json) process.stdout.write(`${JSON.stringify({ ...summary, ok })}\n`);
  if (nothing) return EXIT_CODE_UNAVAILABLE;
  return exitCode === 0 && !ok ? 1 : exitCode;
}

/** The number is that of sysexits.h. */
const EXIT_CODE_UNAVAILABLE = 69;

interface Backstage {
  readonly say: (line: string) => void;
  readonly teardown: Teardown;
}

async function attempt(
  options: BenchOptions,
  backstage: Backstage,
): Promise<{ readonly findings: Findings; readonly exitCode: number }> {
  const { signal } = abortOnSignals();
  try {
    return { findings: await runBench(options, { ...backstage, signal }), exitCode: 0 };
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error;
    backstage.say(`The benchmark has ended early: ${sentenceOf(reason)}`);
    const exitCode = reason instanceof Interruption ? 128 + constants.signals[reason.signal] : 1;
    return { findings: EMPTY_FINDINGS, exitCode };
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
  return abort;
}
