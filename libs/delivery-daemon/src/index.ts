export { checkEncryptionIsMeant, checkEncryptionKey } from './check-encryption-key.js';
export { checkRetryDelays } from './check-retry-delays.js';
export { DeliveryDaemonModule, type DeliveryDaemonOptions } from './delivery-daemon.module.js';
export { EncryptionConfig } from './encryption.config.js';
export { ExtractConfig } from './extract.config.js';
export { type Route, RouteConfig } from './route.config.js';
