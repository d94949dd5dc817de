import { attempt, Teardown } from '@comms/kit';
import type { DemoOptions } from './parse-arguments.js';
import { emptySummary } from './results/summary.js';
import { runDemo } from './run-demo.js';
import { Screen } from './show/screen.js';

/** Runs the demo, and removes all that it has made. Returns the exit code. */
export async function runToEnd(options: DemoOptions): Promise<number> {
  const screen = new Screen(options.json ? process.stderr : process.stdout);
  const teardown = new Teardown();
  const ended = await attempt((abort) => runDemo(options, { screen, teardown, abort }));
  if ('fault' in ended) {
    screen.line();
    screen.line(screen.paint('red', ended.fault));
  }
  screen.line();
  screen.line('Ending the daemons and removing what they left …');
  const leftOver = await teardown.run();
  for (const fault of leftOver) screen.line(screen.paint('red', fault));

  const { exitCode } = ended;
  const summary = 'result' in ended ? ended.result : emptySummary(options.count);
  const ok = summary.ok && leftOver.length === 0;
  screen.line(
    leftOver.length === 0 ? 'Everything is ended and removed.' : 'Not everything has ended as it should.',
  );
  if (options.json) process.stdout.write(`${JSON.stringify({ ...summary, ok })}\n`);
  return exitCode === 0 && !ok ? 1 : exitCode;
}
