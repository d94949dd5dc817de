export { BROKER_CODES, type BrokerCode, BrokerError } from './broker-error.js';
export { BrokerEventLog } from './broker-event-log.js';
export { BrokerConfig } from './broker.config.js';
export { checkBrokerTls } from './check-broker-tls.js';
export { type BrokerEvent, type BrokerEventListener } from './link/broker-event.js';
export { longestPut } from './longest-put.js';
export { QueueConfig } from './queue.config.js';
export { QueueCourier } from './queue-courier.js';
export { requireBrokerUrl } from './require-broker-url.js';
