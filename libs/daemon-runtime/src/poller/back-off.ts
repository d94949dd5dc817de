export interface BackOffLimits {
  /** The longest pause after a first failure, in milliseconds. */
  readonly initialMs: number;
  /** What no pause exceeds, in milliseconds. */
  readonly maxMs: number;
}

/**
 * How long to pause after the `failures`th failure in a row: doubling from `initialMs` up to `maxMs`, of which a random
 * half is taken off, so that replicas that failed together do not come back together.
 *
 * @param random from 0 to below 1
 */
export function backOffMs({ initialMs, maxMs }: BackOffLimits, failures: number, random: number): number {
  const longest = Math.min(maxMs, initialMs * 2 ** (failures - 1));
  return Math.round(longest * (1 - random / 2));
}
