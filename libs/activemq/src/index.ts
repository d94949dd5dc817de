export {
  BROKER_BLOCKED_CODES,
  BROKER_DEFECT_CODES,
  BROKER_DOWN_CODES,
  BROKER_MESSAGE_CODES,
  type BrokerCode,
} from './broker-codes.js';
export { BrokerError } from './broker-error.js';
export { BrokerEventLog } from './broker-event-log.js';
export { BrokerConfig, longestPut } from './broker.config.js';
export { checkBrokerTls, requireBrokerUrl } from './checks.js';
export { type BrokerEvent, type BrokerEventListener } from './link/broker-event.js';
export { QueueConfig } from './queue.config.js';
export { QueueCourier } from './queue-courier.js';
