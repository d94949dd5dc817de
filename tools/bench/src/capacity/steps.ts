import type { Pool } from 'pg';
import type { Contestant } from '../subjects/subject.js';
import { insertTargets } from '../work/insert-rows.js';
import { TARGET_BYTES } from './capacity-setting.js';
import { familySeconds } from '../processes/usage.js';
import { listenerOf } from '../processes/listener-of.js';
import type { Servers } from '../servers/open-servers.js';

/** A comm's way through the tables. */
const STEP_NAMES = ['target', 'entry', 'delivery', 'vacuum'] as const;

export type StepName = (typeof STEP_NAMES)[number];

/** What each step does with the next comms, as many as it is given. */
type Steps = Readonly<Record<StepName, (comms: number) => Promise<void>>>;

interface StepWorkers {
  readonly pool: Pool;
  /** What makes entries, and what claims, announces and records. */
  readonly entries: Contestant;
  readonly delivery: Contestant;
}

export function stepsOf({ pool, entries, delivery }: StepWorkers, messageBytes: number): Steps {
  const insert = insertTargets({ messageBytes, targetBytes: TARGET_BYTES });
  return {
    target: async (comms) => {
      for (let put = 0; put < comms; put += ROWS_PER_STATEMENT) {
        await pool.query(insert, [Math.min(ROWS_PER_STATEMENT, comms - put)]);
      }
    },
    entry: () => toEnd(entries),
    delivery: () => toEnd(delivery),
    vacuum: async () => {
      await pool.query('VACUUM comms_request_target, comms_request_target_distribution');
    },
  };
}

const ROWS_PER_STATEMENT = 1_000;

async function toEnd(worker: Contestant): Promise<void> {
  await worker.begin(performance.now());
  await worker.rest();
}

/** What each step took for all comms of a round. */
export type RoundCosts = Readonly<Record<StepName, StepCost>>;

interface StepsRound {
  readonly comms: number;
  readonly measure: MeasureStep;
  /** Counts as vacuum. */
  readonly checkpoint: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Takes the comms of a round through all steps in portions, and makes the database write their pages at the end. */
export async function measureSteps(
  steps: Steps,
  { comms, measure, checkpoint, signal }: StepsRound,
): Promise<RoundCosts> {
  const costs = { target: NOTHING, entry: NOTHING, delivery: NOTHING, vacuum: NOTHING };
  const add = async (name: StepName, step: () => Promise<void>) => {
    signal.throwIfAborted();
    costs[name] = sum(costs[name], await measure(step));
  };
  for (let done = 0; done < comms; done += PORTION) {
    for (const name of STEP_NAMES) await add(name, () => steps[name](Math.min(PORTION, comms - done)));
  }
  await add('vacuum', checkpoint);
  return costs;
}

/** Comms from one vacuum to the next. */
const PORTION = 10_000;

const NOTHING: StepCost = { milliseconds: 0, cpuMs: 0, walBytes: 0 };

function sum(one: StepCost, other: StepCost): StepCost {
  return {
    milliseconds: one.milliseconds + other.milliseconds,
    cpuMs: one.cpuMs + other.cpuMs,
    walBytes: one.walBytes + other.walBytes,
  };
}

/** The cost of some work of PostgreSQL. */
export interface StepCost {
  readonly milliseconds: number;
  /** Processor time of all processes of the server. */
  readonly cpuMs: number;
  readonly walBytes: number;
}

/** Runs a step, and returns what it took. */
export type MeasureStep = (step: () => Promise<void>) => Promise<StepCost>;

/** Throws `NOT_AVAILABLE` where the server is not one of this machine. */
export async function stepMeter({ pool, databaseUrl }: Servers): Promise<MeasureStep> {
  const pid = await listenerOf(databaseUrl);
  return async (step) => {
    const before = { seconds: await familySeconds(pid), position: await walPosition(pool) };
    const start = performance.now();
    await step();
    const milliseconds = performance.now() - start;
    return {
      milliseconds,
      cpuMs: ((await familySeconds(pid)) - before.seconds) * 1_000,
      walBytes: (await walPosition(pool)) - before.position,
    };
  };
}

async function walPosition(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>(`SELECT pg_current_wal_insert_lsn() - '0/0' AS bytes`);
  return Number(rows[0]?.bytes);
}
