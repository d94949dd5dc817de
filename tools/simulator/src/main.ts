import { loadSimulation } from './load-simulation.js';
import { parseArguments } from './parse-arguments.js';
import { renderResult, renderSummary } from './render.js';
import { simulate } from './simulate.js';

const asked = parseArguments(process.argv.slice(2));
if ('problem' in asked) {
  process.stderr.write(`simulator: ${asked.problem}\n`);
  process.exitCode = 2;
} else {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const run = await loadSimulation();
  if (asked.trace) {
    const result = await run(asked.from, asked.bug);
    say(renderResult(result, asked.bug));
    if (result.violation) process.exitCode = 1;
  } else {
    const summary = await simulate({ ...asked, run, onProgress: (each) => say(renderSummary(each)) });
    say(renderSummary(summary));
    if (summary.failed) {
      say(renderResult(summary.failed, asked.bug));
      process.exitCode = 1;
    }
  }
}
