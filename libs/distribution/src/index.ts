export {
  DISTRIBUTION_STATUSES,
  type DeliveredStatus,
  type DistributionStatus,
  endsOf,
  LEGAL_MOVES,
  type MovedTo,
  type MoveOf,
  STATUS_TEXTS,
  type StatusMover,
} from './distribution-status.js';
export {
  DELIVERY_METHODS,
  type DeliveryMethod,
  OUTBOUND_METHODS,
  type OutboundMethod,
} from './distribution.js';
export { TIME_EXCLUSION_MODES, type TimeExclusionMode } from './distribution.js';
export { type Distribution, type Priority } from './distribution.js';
