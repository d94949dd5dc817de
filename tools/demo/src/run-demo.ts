import { DemoRows } from './results/demo-rows.js';
import { drain } from './results/drain.js';
import { findFaults } from './results/find-faults.js';
import { type Harvest, harvest } from './results/harvest.js';
import type { DemoOptions } from './parse-arguments.js';
import { Report } from './show/report.js';
import { sampleComms } from './comms/sample-comms.js';
import { encryptedSample, plainSample } from './show/samples.js';
import { type Backstage, setStage, type Stage } from './stage.js';
import { stayUp } from './stay-up.js';
import { type Summary, summaryOf } from './results/summary.js';
import { untouchableComms } from './comms/untouchable-comms.js';
import { Upstream } from './comms/upstream.js';

/**
 * The whole demo but for its teardown: servers and daemons, comms, what became of them, and, unless it is to exit,
 * staying up until the abort. Throws what keeps it from getting that far.
 */
export async function runDemo(options: DemoOptions, backstage: Backstage): Promise<Summary> {
  const { screen } = backstage;
  const { count } = options;
  const firstId = Date.now();
  screen.line(screen.paint('bold', 'Comms distribution: the four daemons at work on made-up comms'));
  const stage = await setStage(options, backstage, firstId);
  screen.line(`  daemons      four processes, all at work after ${secondsSinceStart()} s`);

  const reaped = await play({ count, firstId }, stage, backstage);
  const seconds = secondsSinceStart();
  const faults = findFaults(reaped.findings);
  const report = new Report(screen);
  report.title(`What became of ${count} comms, ${seconds} s after the start`);
  await show(reaped, stage, report);
  if (faults.length > 0) report.faults(faults);

  if (!options.exit) await stayUp(stage, reaped.ids, backstage);
  return summaryOf(reaped.findings, { ok: faults.length === 0, count, seconds });
}

/** Since the process was started, to a tenth. */
function secondsSinceStart(): number {
  return Math.round(performance.now() / 100) / 10;
}

async function play(
  { count, firstId }: { readonly count: number; readonly firstId: number },
  stage: Stage,
  { screen, abort: { signal } }: Backstage,
): Promise<Harvest> {
  const { broker, database } = stage;
  const brokerRefuses = broker.relent !== undefined;
  const comms = sampleComms({ count, firstRequestId: firstId, brokerRefuses });
  const untouchable = untouchableComms(firstId + count);
  const upstream = new Upstream(database.client);
  screen.line();
  screen.line(
    `Putting in ${count} comms, and ${untouchable.length} that no daemon may touch: EMAIL, LETTER, and not merged yet`,
  );
  await upstream.putIn(untouchable);
  const tally = await drain(comms, { upstream, rows: new DemoRows(database.client), screen, signal });
  return harvest(stage, { comms, untouchable, tally });
}

async function show(
  { findings, files, encrypted, ids }: Harvest,
  stage: Stage,
  report: Report,
): Promise<void> {
  const { folder, database, key, daemons } = stage;
  report.outcomes(findings.actual, await new DemoRows(database.client).undelivered(ids));
  report.places(findings, stage);
  report.samples(await plainSample(folder.sms, files), await encryptedSample(encrypted, key));
  await report.daemons(daemons);
}
