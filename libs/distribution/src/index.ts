export {
  DISTRIBUTION_STATUSES,
  type DeliveredStatus,
  type DistributionStatus,
  type StatusMover,
  isDistributionStatus,
  mayMove,
  statusText,
} from './distribution-status.js';
export {
  DELIVERY_METHODS,
  type DeliveryMethod,
  OUTBOUND_METHODS,
  type OutboundMethod,
} from './delivery-method.js';
export { TIME_EXCLUSION_MODES, type TimeExclusionMode, mayBeDistributed } from './time-exclusion.js';
export { type Distribution, type Priority } from './distribution.js';
