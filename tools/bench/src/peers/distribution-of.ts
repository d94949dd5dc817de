import type { Distribution, OutboundMethod, Priority } from '@comms/distribution';
import type { CommsRequestTargetDistribution } from '@comms/distribution-store';

/** What the message is made of, from an entity. */
export function distributionOf(row: CommsRequestTargetDistribution): Distribution {
  return {
    distributionId: row.commsRequestTargetDistributionId,
    commsRequestId: row.commsRequestId,
    commsCode: row.commsCode,
    deliveryMethod: row.deliveryMethod as OutboundMethod,
    priority: row.priority as Priority,
    target: row.target,
    alias: row.aliasValue,
    messageTooLong: false,
    message: row.message,
    retryCount: row.retryCount,
    timeExclusion: null,
    sending: '0',
  };
}
