import type { Courier } from './courier.js';
import type { DistributionStore } from './distribution-store.js';
import type { PayloadEncoder } from './payload-encoder.js';
import type { RetryPolicy } from './retry-policy.js';

/** All that delivering a batch needs; a daemon makes one set and keeps it. */
export interface DeliveryPorts {
  readonly store: DistributionStore;
  readonly encoder: PayloadEncoder;
  readonly courier: Courier;
  readonly retryPolicy: RetryPolicy;
}
