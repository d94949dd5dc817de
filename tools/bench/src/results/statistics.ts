/** The results of several rounds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The spread of at least one value. The median of an even number of values is the mean of the middle two. */
export function spreadOf(values: readonly [number, ...number[]]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: median(sorted), min: Math.min(...values), max: Math.max(...values) };
}

function median(sorted: readonly number[]): number {
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? NaN)) / 2;
}

/** The spread of one value or more, to tenths. */
export function roundedSpread(values: readonly number[]): Spread {
  const [first = NaN, ...others] = values.map((value) => Math.round(value * 10) / 10);
  return spreadOf([first, ...others]);
}

/** The smallest value that is not below `percent` % of the values (the nearest rank); NaN where there are none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? NaN;
}

/** The median of what was measured, and the interval in which the true median lies. */
export interface MedianInterval {
  readonly median: number;
  /** The 90 % interval; null with fewer than five values, which do not give one. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** It uses only the ranks of the values, so it holds for every distribution. */
export function medianInterval(values: readonly number[]): MedianInterval {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (rank: number) => sorted[rank - 1] ?? NaN;
  const size = sorted.length;
  const median = (at(Math.floor((size + 1) / 2)) + at(Math.ceil((size + 1) / 2))) / 2;
  const rank = lowestRank(size);
  return { median, interval: rank === 0 ? null : [at(rank), at(size + 1 - rank)] };
}

/** The highest rank that fewer than 5 % of all samples of this size have above their median; 0 where there is none. */
function lowestRank(size: number): number {
  let rank = 0;
  let probability = 0.5 ** size;
  for (let sum = probability; sum <= TAIL; sum += probability) {
    rank += 1;
    probability *= (size - rank + 1) / rank;
  }
  return rank;
}

const TAIL = 0.05;
