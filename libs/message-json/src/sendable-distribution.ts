import type { Distribution } from '@comms/distribution';

/** A distribution that has a text to send. */
export type SendableDistribution = Distribution & { readonly message: string };

/** Whether there is a text to send: a row whose message is NULL or empty has none, and is at fault. */
export function isSendable(distribution: Distribution): distribution is SendableDistribution {
  return distribution.message !== null && distribution.message !== '';
}
