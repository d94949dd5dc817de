export { BatchSizer } from './batch-sizer.js';
export { type BatchOptions, deliverBatch } from './deliver-batch.js';
export type { BatchReport, DeliveryTrouble } from './batch-report.js';
export {
  MONITOR_TASKS,
  type MonitorReport,
  type MonitorStore,
  type MonitorTask,
  monitorPass,
} from './monitor-pass.js';
export type { DeliveryPorts } from './delivery-ports.js';
export { type RetryOptions, RetryPolicy } from './retry-policy.js';
export type { OutboundMessage } from './outbound-message.js';
export type { PutOutcome } from './put-outcome.js';
export type { Courier, CourierCondition } from './courier.js';
export { isPut, unrecorded } from './unrecorded.js';
export { MOST_SET_ASIDE } from './distribution-store.js';
export type {
  Claim,
  DeliveredVerdict,
  DistributionStore,
  FailedVerdict,
  Recorded,
  RetryVerdict,
  RowFault,
  Verdict,
} from './distribution-store.js';
export type { EncodedPayload, PayloadEncoder } from './payload-encoder.js';
