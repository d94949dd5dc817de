export { type OutboundMessage } from './outbound-message.js';
export { type PutOutcome } from './put-outcome.js';
export { type Courier, type CourierCondition } from './courier.js';
export {
  type Claim,
  type DeliveredVerdict,
  type DistributionStore,
  type FailedVerdict,
  type RetryVerdict,
  type RowFault,
  type Verdict,
} from './distribution-store.js';
export { type EncodedPayload, type PayloadEncoder } from './payload-encoder.js';
