import type { MeasureStage, StageCost } from './stage-meter.js';
import { STAGE_NAMES, type StageName, type Stages } from './stages.js';

/** What each stage took for all comms of a round. */
export type RoundCosts = Readonly<Record<StageName, StageCost>>;

export interface StagesRound {
  readonly comms: number;
  readonly measure: MeasureStage;
  /** Counts as vacuum. */
  readonly checkpoint: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Takes the comms of a round through all stages in portions, and has their pages written at the end. */
export async function measureStages(
  stages: Stages,
  { comms, measure, checkpoint, signal }: StagesRound,
): Promise<RoundCosts> {
  const costs = { target: NOTHING, entry: NOTHING, delivery: NOTHING, vacuum: NOTHING };
  const add = async (name: StageName, stage: () => Promise<void>) => {
    signal.throwIfAborted();
    costs[name] = sum(costs[name], await measure(stage));
  };
  for (let done = 0; done < comms; done += PORTION) {
    for (const name of STAGE_NAMES) await add(name, () => stages[name](Math.min(PORTION, comms - done)));
  }
  await add('vacuum', checkpoint);
  return costs;
}

/** Comms from one vacuum to the next. */
const PORTION = 10_000;

const NOTHING: StageCost = { milliseconds: 0, cpuMs: 0, walBytes: 0 };

function sum(one: StageCost, other: StageCost): StageCost {
  return {
    milliseconds: one.milliseconds + other.milliseconds,
    cpuMs: one.cpuMs + other.cpuMs,
    walBytes: one.walBytes + other.walBytes,
  };
}
