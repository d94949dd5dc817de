import { DemoRows } from './results/demo-rows.js';
import { drain } from './results/drain.js';
import { findFaults } from './results/find-faults.js';
import { type Results, collectResults } from './results/collect-results.js';
import type { DemoOptions } from './parse-arguments.js';
import { Report } from './show/report.js';
import { sampleComms } from './comms/sample-comms.js';
import { encryptedSample, plainSample } from './show/samples.js';
import { type DemoContext, startDemo, type RunningDemo } from './start-demo.js';
import { stayUp } from './stay-up.js';
import { type Summary, summaryOf } from './results/summary.js';
import { untouchableComms } from './comms/untouchable-comms.js';
import { Upstream } from './comms/upstream.js';

/**
 * The whole demo, except for its teardown. It starts servers and daemons, inserts comms, shows what became of them and,
 * unless it is to exit, stays up until the abort. Throws whatever prevents that.
 */
export async function runDemo(options: DemoOptions, context: DemoContext): Promise<Summary> {
  const { screen } = context;
  const { count } = options;
  const firstId = Date.now();
  screen.line(screen.paint('bold', 'Comms distribution: the four daemons at work on made-up comms'));
  const demo = await startDemo(options, context, firstId);
  screen.line(`  daemons      four processes, all at work after ${secondsSinceStart()} s`);

  const results = await play({ count, firstId }, demo, context);
  const seconds = secondsSinceStart();
  const faults = findFaults(results.findings);
  const report = new Report(screen);
  report.title(`What became of ${count} comms, ${seconds} s after the start`);
  await show(results, demo, report);
  if (faults.length > 0) report.faults(faults);

  if (!options.exit) await stayUp(demo, results.ids, context);
  return summaryOf(results.findings, { ok: faults.length === 0, count, seconds });
}

/** Since the process was started, to a tenth. */
function secondsSinceStart(): number {
  return Math.round(performance.now() / 100) / 10;
}

async function play(
  { count, firstId }: { readonly count: number; readonly firstId: number },
  demo: RunningDemo,
  { screen, abort: { signal } }: DemoContext,
): Promise<Results> {
  const { broker, database } = demo;
  const brokerRefuses = broker.relent !== undefined;
  const comms = sampleComms({ count, firstRequestId: firstId, brokerRefuses });
  const untouchable = untouchableComms(firstId + count);
  const upstream = new Upstream(database.client);
  screen.line();
  screen.line(
    `Inserting ${count} comms, and ${untouchable.length} that no daemon may touch: EMAIL, LETTER, and not merged yet`,
  );
  await upstream.putIn(untouchable);
  const tally = await drain(comms, { upstream, rows: new DemoRows(database.client), screen, signal });
  return collectResults(demo, { comms, untouchable, tally });
}

async function show(
  { findings, files, encrypted, ids }: Results,
  demo: RunningDemo,
  report: Report,
): Promise<void> {
  const { folder, database, key, daemons } = demo;
  report.outcomes(findings.actual, await new DemoRows(database.client).undelivered(ids));
  report.places(findings, demo);
  report.samples(await plainSample(folder.sms, files), await encryptedSample(encrypted, key));
  await report.daemons(daemons);
}
