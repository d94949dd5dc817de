import type { Arguments } from './parse-arguments.js';
import type { runSeed, SeedResult } from './run-seed.js';
import { standBeforeNode } from './node/virtual-node.js';

export interface Summary {
  readonly seeds: number;
  readonly steps: number;
  readonly repeats: number;
  /** How often each kind of fault has struck. */
  readonly faults: Readonly<Record<string, number>>;
  /** The first run that broke a promise; nothing was run after it. */
  readonly failed: SeedResult | undefined;
}

interface Simulation extends Pick<Arguments, 'from' | 'count' | 'bug'> {
  readonly run: typeof runSeed;
  readonly onProgress?: (summary: Summary) => void;
}

/** Runs seed after seed until one breaks a promise. */
export async function simulate({ run, from, count, bug, onProgress }: Simulation): Promise<Summary> {
  const faults: Record<string, number> = {};
  let [steps, repeats] = [0, 0];
  for (let seeds = 1; seeds <= count; seeds++) {
    const result = await run(from + seeds - 1, bug);
    steps += result.steps;
    repeats += result.repeats;
    for (const kind of result.faults) faults[kind] = (faults[kind] ?? 0) + 1;
    const failed = result.violation && result;
    const summary: Summary = { seeds, steps, repeats, faults, failed };
    if (failed || seeds === count) return summary;
    if (seeds % PROGRESS_EVERY === 0) onProgress?.(summary);
  }
  return { seeds: 0, steps, repeats, faults, failed: undefined };
}

const PROGRESS_EVERY = 1_000;

/** Loads the simulation, and with it the product's code, once Node's own modules can be replaced. */
export async function loadSimulation(): Promise<typeof runSeed> {
  standBeforeNode();
  const simulation = await import('./run-seed.js');
  return simulation.runSeed;
}
