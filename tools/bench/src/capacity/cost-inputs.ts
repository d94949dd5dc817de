import { roundedSpread } from '../results/statistics.js';
import type { Inputs } from './inputs.js';
import type { RoundCosts, StepCost, StepName } from './steps.js';

/** The inputs from rounds of `comms` comms each. WAL is the mean of all rounds, so that its parts add up to the total. */
export function costInputs(rounds: readonly RoundCosts[], comms: number): Partial<Inputs> {
  const per1000 = (step: StepName, figure: keyof StepCost) =>
    roundedSpread(rounds.map((round) => (round[step][figure] * 1_000) / comms));
  const wal = (step: StepName) =>
    Math.round(rounds.reduce((sum, round) => sum + round[step].walBytes, 0) / (rounds.length * comms));
  const [target, entry, delivery, vacuum] = [wal('target'), wal('entry'), wal('delivery'), wal('vacuum')];
  return {
    e: per1000('entry', 'milliseconds'),
    m: per1000('entry', 'cpuMs'),
    q: per1000('delivery', 'cpuMs'),
    v: per1000('vacuum', 'cpuMs'),
    w: roundedSpread([target + entry + delivery + vacuum]),
    'w.target': roundedSpread([target]),
    'w.entry': roundedSpread([entry]),
    'w.delivery': roundedSpread([delivery]),
    'w.vacuum': roundedSpread([vacuum]),
  };
}
