import type { PlantedBug } from './planted/planted-bug.js';
import type { SeedResult } from './run-seed.js';
import type { Summary } from './simulate.js';

/** How far a simulation is, in one line. */
export function renderSummary({ seeds, steps, repeats, faults }: Summary): string {
  const struck = Object.entries(faults)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, times]) => `${kind} ${times}`);
  return `${seeds} seeds, ${steps} steps, ${repeats} flagged repeats; faults: ${struck.join(', ')}`;
}

/** One run: the end of its trace, what it broke, and how to run it again. */
export function renderResult(result: SeedResult, bug: PlantedBug | undefined): string {
  const { seed, scenario, violation, steps, drainedMs, hash, tail } = result;
  const { destination, brokers, replicas, batchSize, rows } = scenario;
  const again = `node tools/simulator/dist/main.js --seed ${seed}${bug === undefined ? '' : ` --bug ${bug}`}`;
  return [
    ...tail,
    `seed ${seed}: ${destination}, ${brokers} broker(s), ${replicas} replica(s), batches of ${batchSize}, ${rows.length} rows`,
    `${steps} steps, ${drainedMs.toFixed(0)} ms of virtual time, trace ${hash}`,
    violation === undefined
      ? 'all promises kept'
      : `BROKEN: ${violation.promise} (${violation.seen})\nagain: ${again}`,
  ].join('\n');
}
