import { main } from '@comms/kit';
import { type Arguments, parseArguments } from './parse-arguments.js';
import { renderResult, renderSummary } from './render.js';
import { loadSimulation, simulate } from './simulate.js';

await main({ name: 'simulator', parse: parseArguments, run, usageExitCode: 2 });

/** Returns the exit code: 1 where a run broke a promise. */
async function run(asked: Arguments): Promise<number> {
  const runSeed = await loadSimulation();
  if (asked.trace) {
    const result = await runSeed(asked.from, asked.bug);
    print(renderResult(result, asked.bug));
    return result.violation ? 1 : 0;
  }
  const onProgress = (each: Parameters<typeof renderSummary>[0]) => {
    print(renderSummary(each));
  };
  const summary = await simulate({ ...asked, run: runSeed, onProgress });
  print(renderSummary(summary));
  if (summary.failed) print(renderResult(summary.failed, asked.bug));
  return summary.failed ? 1 : 0;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
