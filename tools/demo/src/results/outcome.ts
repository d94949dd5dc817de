import { DELIVERY_METHODS, type DeliveryMethod, type DistributionStatus } from '@comms/distribution';

/** What became of a comm: its status, or `lapsed` where it stays at `D` because its time has passed. */
export type Outcome = Exclude<DistributionStatus, 'A'> | 'lapsed';

export const OUTCOMES = ['D', 'S', 'P', 'R', 'E', 'lapsed'] as const satisfies readonly Outcome[];

/** How many comms of each method came to each outcome. */
export type Tally = Readonly<Record<DeliveryMethod, Readonly<Record<Outcome, number>>>>;

/** Counts comms. All methods and outcomes are in the result, with 0 where there are none. */
export function tallyOf(
  comms: readonly { method: DeliveryMethod; outcome: Outcome; count?: number }[],
): Tally {
  const none = () => Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  const tally = Object.fromEntries(DELIVERY_METHODS.map((method) => [method, none()])) as Record<
    DeliveryMethod,
    Record<Outcome, number>
  >;
  for (const { method, outcome, count = 1 } of comms) tally[method][outcome] += count;
  return tally;
}
