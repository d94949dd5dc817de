import type { DeliveredVerdict } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';

/** The verdicts on rows that are all delivered. */
export function sent(distributions: readonly Distribution[]): DeliveredVerdict[] {
  return distributions.map(({ distributionId }) => ({ distributionId, status: 'S' }));
}
