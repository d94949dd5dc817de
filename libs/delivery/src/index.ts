export type { BatchReport, DeliveryTrouble } from './batch-report.js';
export { BatchSizer } from './batch-sizer.js';
export { type BatchOptions, deliverBatch } from './deliver-batch.js';
export { type MonitorReport, monitorPass } from './monitor-pass.js';
export { MONITOR_TASKS, type MonitorStore, type MonitorTask } from './monitor-store.js';
export {
  type Claim,
  type Courier,
  type CourierCondition,
  type DeliveryPorts,
  type DistributionStore,
  type EncodedPayload,
  MOST_SET_ASIDE,
  type OutboundMessage,
  type PayloadEncoder,
  type PutOutcome,
  type Recorded,
} from './ports.js';
export { type RetryOptions, RetryPolicy } from './retry-policy.js';
export { COURIER_DEFECT_CODES, ROW_CODES, rowFault } from './row-codes.js';
export {
  type DeliveredVerdict,
  type FailedVerdict,
  isPut,
  type RetryVerdict,
  type RowFault,
  unrecorded,
  type Verdict,
} from './verdict.js';
