import { parseArgs } from 'node:util';
import { PLANTED_BUGS, type PlantedBug } from './planted/planted-bug.js';

export interface Arguments {
  /** The first seed. */
  readonly from: number;
  /** How many seeds, one after the other. */
  readonly count: number;
  readonly bug: PlantedBug | undefined;
  /** Whether the trace is printed even of a run that keeps all promises. */
  readonly trace: boolean;
}

/** What the command line asks for, or what is wrong with it. */
export function parseArguments(args: readonly string[]): Arguments | { readonly problem: string } {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    return judged(values);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

const OPTIONS = {
  seed: { type: 'string' },
  from: { type: 'string' },
  seeds: { type: 'string' },
  bug: { type: 'string' },
} as const;

type Values = Partial<Record<keyof typeof OPTIONS, string>>;

function judged({ seed, from, seeds, bug }: Values): Arguments | { readonly problem: string } {
  const first = Number(seed ?? from ?? 1);
  const count = seed === undefined ? Number(seeds ?? DEFAULT_SEEDS) : 1;
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(count) || first < 0 || count < 1)
    return { problem: 'seeds are whole numbers' };
  if (bug !== undefined && !isPlanted(bug)) return { problem: `the bugs are ${PLANTED_BUGS.join(', ')}` };
  return { from: first, count, bug, trace: seed !== undefined };
}

const DEFAULT_SEEDS = 10_000;

function isPlanted(text: string): text is PlantedBug {
  return (PLANTED_BUGS as readonly string[]).includes(text);
}
