export { BROKER_CODES, type BrokerCode, BrokerError } from './broker-error.js';
export { BrokerEventLog } from './broker-event-log.js';
export { BrokerConfig, longestPut } from './broker.config.js';
export { checkBrokerTls, requireBrokerUrl } from './checks.js';
export { type BrokerEvent, type BrokerEventListener } from './link/broker-event.js';
export { QueueConfig } from './queue.config.js';
export { QueueCourier } from './queue-courier.js';
