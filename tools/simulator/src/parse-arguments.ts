import { type Asked, parseCommandLine, wholeNumber } from '@comms/kit';
import { PLANTED_BUGS, type PlantedBug } from './planted/planted-bug.js';

/** What the caller of the simulator may choose. */
export interface Arguments {
  /** The first seed. */
  readonly from: number;
  /** How many seeds, one after the other. */
  readonly count: number;
  readonly bug: PlantedBug | undefined;
  /** Whether the trace is printed even of a run that keeps all promises. */
  readonly trace: boolean;
}

/** Reads the command line. What is wrong with it is returned as a sentence. */
export function parseArguments(args: readonly string[]): Asked<Arguments> {
  return parseCommandLine(args, OPTIONS, ({ seed, from = '1', seeds = '10000', bug }) => ({
    from: wholeNumber(seed === undefined ? '--from' : '--seed', seed ?? from, { min: 0, max: MAX }),
    count: seed === undefined ? wholeNumber('--seeds', seeds, { min: 1, max: MAX }) : 1,
    bug: bug === undefined ? undefined : plantedBug(bug),
    trace: seed !== undefined,
  }));
}

const OPTIONS = {
  seed: { type: 'string' },
  from: { type: 'string' },
  seeds: { type: 'string' },
  bug: { type: 'string' },
} as const;

const MAX = Number.MAX_SAFE_INTEGER;

function plantedBug(text: string): PlantedBug {
  const known = PLANTED_BUGS.find((bug) => bug === text);
  if (known === undefined) throw new Error(`the bugs are ${PLANTED_BUGS.join(', ')}`);
  return known;
}
