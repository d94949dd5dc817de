export { aBrokerConfig } from './a-broker-config.js';
