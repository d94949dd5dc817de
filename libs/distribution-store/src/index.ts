export {
  type DistributionStoreOptions,
  PostgresDistributionStore,
} from './claim/postgres-distribution-store.js';
export { PostgresMonitorStore } from './monitor/postgres-monitor-store.js';
export type { StoreScope } from './tables.js';
export { Database } from './database/database.js';
export {
  STORE_DEFECT_CODES,
  STORE_HEALING_CODES,
  STORE_LASTING_CODES,
  STORE_SCHEMA_CODES,
  type StoreErrorCode,
} from './store-codes.js';
export { StoreError } from './store-error.js';
export { BacklogCounter } from './health/backlog-counter.js';
export type { BacklogOptions } from './health/count-statement.js';
export { DatabaseHealth } from './health/database-health.js';
export {
  DELIVERY_REQUIREMENTS,
  MONITOR_REQUIREMENTS,
  type TableRequirement,
} from './health/schema-requirements.js';
export { WakeUpListener } from './wake-up/wake-up-listener.js';
export { DATASOURCE_CHECKS } from './configuration/datasource-checks.js';
export { DatasourceConfig } from './configuration/datasource.config.js';
export { TimeExclusionConfig } from './configuration/time-exclusion.config.js';
export { CommsRequestTarget } from './entities/comms-request-target.entity.js';
export { CommsRequestTargetDistribution } from './entities/comms-request-target-distribution.entity.js';
export type { Say } from './commands/database-command.js';
export { migrate } from './migrate/migrate.js';
