import { eventually } from '@comms/kit';
import { BenchError } from '../bench-error.js';
import { machineSeconds, type Usage, usageOf } from '../processes/usage.js';
import { whileAlive } from '../processes/measured-child.js';
import type { Contestant } from '../subjects/subject.js';
import type { Work } from '../work/work.js';

/** What one subject works on in one round. */
export interface Round {
  readonly work: Work;
  /** Where its messages arrive; null for a subject that sends none. */
  readonly arrivals: Arrivals | null;
  readonly rows: number;
  /** Rows that go first and do not count. */
  readonly warmUpRows: number;
  readonly signal: AbortSignal;
}

export interface RoundResult {
  readonly rowsPerSecond: number;
  /** The highest resident memory of one of its processes. */
  readonly peakRssMb: number | null;
  /** Processor time of all its processes for 1,000 rows, in milliseconds. */
  readonly cpuMsPer1000: number | null;
  /** The same for all that runs on the machine, including servers and consumer. */
  readonly machineMsPer1000: number;
}

/** Takes warm-up and measured rows through a subject that is at rest. Throws where not each row arrived and is done. */
export async function measureRound(contestant: Contestant, round: Round): Promise<RoundResult> {
  const { rows, warmUpRows } = round;
  if (warmUpRows > 0) await pass(contestant, round, warmUpRows);
  const before = await Promise.all(contestant.pids.map(usageOf));
  const { seconds, machine } = await pass(contestant, round, rows);
  const after = await Promise.all(contestant.pids.map(usageOf));
  const cpu = sum(after, 'cpuSeconds') - sum(before, 'cpuSeconds');
  return {
    rowsPerSecond: rows / seconds,
    peakRssMb: orNull(Math.max(...after.map(({ peakRssMb }) => peakRssMb ?? NaN))),
    cpuMsPer1000: orNull((cpu * 1_000_000) / rows),
    machineMsPer1000: (machine * 1_000_000) / rows,
  };
}

/** What a pass took, from the moment at which the subject could begin until all was done. */
interface Pass {
  readonly seconds: number;
  /** Processor time of all that runs on the machine. */
  readonly machine: number;
}

async function pass(contestant: Contestant, round: Round, rows: number): Promise<Pass> {
  const { work, arrivals, signal } = round;
  await work.reset();
  await arrivals?.reset();
  const committed = await work.fill(rows);
  const start = await contestant.begin(committed);
  const machineBefore = machineSeconds();
  const allDone = async (both: AbortSignal) => {
    const limits = { limitMs: LIMIT_MS, signal: both };
    const arrived = () => arrivals?.hasCome(rows) ?? true;
    await eventually('all has arrived', arrived, { everyMs: 2, ...limits });
    await eventually('all is done', () => work.isDone(), { everyMs: 5, ...limits });
  };
  await whileAlive(allDone, contestant.failure, signal);
  const seconds = (performance.now() - start) / 1000;
  const machine = machineSeconds() - machineBefore;
  await contestant.rest();
  await check(round, rows);
  return { seconds, machine };
}

const LIMIT_MS = 180_000;

/** Every row once, no more and no less. */
async function check({ work, arrivals }: Round, rows: number): Promise<void> {
  const counts = {
    done: await work.countDone(),
    messages: (await arrivals?.count) ?? rows,
    'different messages': (await arrivals?.distinct) ?? rows,
  };
  for (const [what, count] of Object.entries(counts)) {
    if (count !== rows) throw new BenchError('WRONG_RESULT', `${count} ${what} of ${rows} rows`);
  }
}

function sum(usages: readonly Usage[], key: 'cpuSeconds'): number {
  return usages.reduce((total, usage) => total + (usage[key] ?? NaN), 0);
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Where the messages of a subject arrive. */
export interface Arrivals {
  /** Whether that many may have come. It must be cheap, because it is called all the time. */
  hasCome(count: number): boolean;
  /** How many messages have come since the last reset. */
  readonly count: Promise<number>;
  /** Of how many different rows. */
  readonly distinct: Promise<number>;
  reset(): Promise<void>;
  close(): Promise<void>;
}
