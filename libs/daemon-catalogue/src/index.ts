export {
  type App,
  configurationOf,
  DAEMON_CATALOGUE,
  type DaemonCatalogue,
  type DaemonEntry,
} from './daemon-catalogue.js';
export { type PostgresDelivery, postgresDelivery } from './postgres-delivery.js';
