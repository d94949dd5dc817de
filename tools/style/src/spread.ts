/** Lengths in lines. */
export interface Spread {
  readonly median: number;
  readonly p90: number;
  readonly max: number;
}

/** By the nearest rank; zeros where there is nothing. */
export function spreadOf(lengths: readonly number[]): Spread {
  const sorted = [...lengths].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { median: rank(0.5), p90: rank(0.9), max: rank(1) };
}
