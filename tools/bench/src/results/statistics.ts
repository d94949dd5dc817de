/** What several rounds have given. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Of one value at least; the median of an even number of values is the mean of the middle two. */
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

/** The smallest of the values that at least `percent` of a hundred do not exceed (the nearest rank); NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? NaN;
}

/** The median of what was measured, and between which values that of all turns lies. */
export interface MedianInterval {
  readonly median: number;
  /** The 90 % interval; null with fewer than five values, which have none. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** By the ranks of the values alone, so that it holds whatever their distribution is. */
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
