import { attempt, Teardown } from '@comms/kit';
import type { BenchOptions } from './parse-arguments.js';
import { EMPTY_FINDINGS, measuredNothing } from './results/findings.js';
import { summaryOf } from './results/summary.js';
import { runBench } from './run-bench.js';

/**
 * Runs the benchmark, and ends all that it has started. Returns the exit code: {@link EXIT_CODE_UNAVAILABLE} where
 * nothing of what was asked for can be measured here.
 */
export async function runToEnd(options: BenchOptions): Promise<number> {
  const out = options.json ? process.stderr : process.stdout;
  const say = (line: string) => out.write(`${line}\n`);
  const teardown = new Teardown();
  const ended = await attempt(({ signal }) => runBench(options, { say, teardown, signal }));
  if ('fault' in ended) say(`The benchmark has ended early: ${ended.fault}`);
  const leftOver = await teardown.run();
  for (const fault of leftOver) say(`not ended as it should: ${fault}`);

  const { exitCode } = ended;
  const findings = 'result' in ended ? ended.result : EMPTY_FINDINGS;
  const summary = summaryOf(findings);
  const nothing = exitCode === 0 && measuredNothing(findings);
  if (nothing) say('Nothing was measured: what it needs is not available here.');
  const ok = exitCode === 0 && !nothing && summary.ok && leftOver.length === 0;
  if (options.json) process.stdout.write(`${JSON.stringify({ ...summary, ok })}\n`);
  if (nothing) return EXIT_CODE_UNAVAILABLE;
  return exitCode === 0 && !ok ? 1 : exitCode;
}

/** The number is from sysexits.h. */
const EXIT_CODE_UNAVAILABLE = 69;
