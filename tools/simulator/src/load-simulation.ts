import { standBeforeNode } from './node/virtual-node.js';
import type { runSeed } from './run-seed.js';

/** Loads the simulation, and with it the product's code, once Node's own modules can be stood in for. */
export async function loadSimulation(): Promise<typeof runSeed> {
  standBeforeNode();
  const simulation = await import('./run-seed.js');
  return simulation.runSeed;
}
