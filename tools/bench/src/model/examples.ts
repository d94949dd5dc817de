/** A load, and how long its rows are kept. */
export interface Example {
  readonly title: string;
  readonly commsPerDay: number;
  /** `R` and `G`. */
  readonly distributionDays: number;
  readonly targetDays: number;
}

/** Those of docs/scale.md. */
export const EXAMPLES: readonly Example[] = [
  { title: '10^6 per day', commsPerDay: 1e6, distributionDays: 90, targetDays: 7 },
  { title: '10^8 per day', commsPerDay: 1e8, distributionDays: 90, targetDays: 7 },
  { title: '10^9 per day', commsPerDay: 1e9, distributionDays: 30, targetDays: 3 },
  { title: 'kept longer', commsPerDay: 1e9, distributionDays: 90, targetDays: 3 },
  { title: 'one shard of four', commsPerDay: 1e9 / 4, distributionDays: 60, targetDays: 3 },
];

/** What the examples have in common, under the names of docs/scale.md. */
export const ASSUMED = {
  /** Peak over mean. */
  F: 3,
  /** How full a part may be at the peak. */
  u: 0.6,
  /** Of a database server: cores, TB that may be filled, MB/s of WAL. */
  C: 32,
  D: 20,
  L: 100,
} as const;
