export { CODE_TABLES, type CodeInfo, CODES, type CodeTable } from './code-tables.js';
export {
  type App,
  configurationOf,
  DAEMON_CATALOGUE,
  type DaemonCatalogue,
  type DaemonEntry,
} from './daemon-catalogue.js';
export { deliveryDaemon, type DeliveryKind, toQueue, toQueueOrDirectory } from './delivery-daemon.js';
export { ExtractConfig } from './extract.config.js';
export { monitorDaemon } from './monitor-daemon.js';
