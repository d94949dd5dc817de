import type { Inputs } from './inputs.js';
import type { RoundCosts } from './measure-stages.js';
import { roundedSpread } from './rounded-spread.js';
import type { StageCost } from './stage-meter.js';
import type { StageName } from './stages.js';

/** What rounds of so many comms say of the inputs. WAL is the mean of all, which hardly differ, so that its parts make the whole. */
export function costInputs(rounds: readonly RoundCosts[], comms: number): Partial<Inputs> {
  const per1000 = (stage: StageName, figure: keyof StageCost) =>
    roundedSpread(rounds.map((round) => (round[stage][figure] * 1_000) / comms));
  const wal = (stage: StageName) =>
    Math.round(rounds.reduce((sum, round) => sum + round[stage].walBytes, 0) / (rounds.length * comms));
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
