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
