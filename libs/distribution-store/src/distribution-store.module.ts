import { AppInfo, Clock, Log } from '@comms/daemon-runtime';
import { DELIVERY_METHODS, type DeliveryMethod, type OutboundMethod } from '@comms/distribution';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { PostgresDistributionStore } from './claim/postgres-distribution-store.js';
import { DatasourceConfig } from './configuration/datasource.config.js';
import { TimeExclusionConfig } from './configuration/time-exclusion.config.js';
import { Database } from './database/database.js';
import { BacklogCounter } from './health/backlog-counter.js';
import { DatabaseHealth } from './health/database-health.js';
import {
  DELIVERY_REQUIREMENTS,
  MONITOR_REQUIREMENTS,
  type TableRequirement,
} from './health/schema-requirements.js';
import { PostgresMonitorStore } from './monitor/postgres-monitor-store.js';
import type { StoreScope } from './store-scope.js';
import { WakeUpListener } from './wake-up/wake-up-listener.js';

/**
 * The database of one app, which is named in the audit columns. The configuration classes, `AppInfo` and `Clock` come
 * from global modules. The process starts without the database: it is connected to on first use, and `DatabaseHealth`
 * tells while that does not succeed. Its connections end at application shutdown, after the batch in hand.
 */
@Module({})
export class DistributionStoreModule {
  /** For an app that distributes the rows of one method: exports also `PostgresDistributionStore`. */
  static forDelivery(method: OutboundMethod): DynamicModule {
    const store = (database: Database, scope: StoreScope) =>
      new PostgresDistributionStore(database, { ...scope, method });
    return moduleOf([
      { provide: PostgresDistributionStore, useFactory: store, inject: [Database, STORE_SCOPE] },
      health(DELIVERY_REQUIREMENTS),
      backlog([method]),
      wakeUp(`comms_awaiting_${method.toLowerCase()}`),
    ]);
  }

  /** For comms-monitor: exports also `PostgresMonitorStore`. */
  static forMonitor(): DynamicModule {
    const store = (database: Database, scope: StoreScope, log: Log) =>
      new PostgresMonitorStore(database, {
        ...scope,
        onRefused: (task, id, { code, message: text }) => {
          log.warn('row passed over', { task, id, code, text });
        },
      });
    return moduleOf([
      { provide: PostgresMonitorStore, useFactory: store, inject: [Database, STORE_SCOPE, Log] },
      health(MONITOR_REQUIREMENTS),
      backlog(DELIVERY_METHODS),
      wakeUp('comms_merged'),
    ]);
  }
}

type Exported = Exclude<Provider, new (...args: never[]) => unknown>;

function moduleOf(exported: readonly Exported[]): DynamicModule {
  return {
    module: DistributionStoreModule,
    providers: [
      { provide: Database, useFactory: databaseOf, inject: [DatasourceConfig, AppInfo, Log] },
      { provide: STORE_SCOPE, useFactory: scopeOf, inject: [DatasourceConfig, TimeExclusionConfig, AppInfo] },
      ...exported,
    ],
    exports: exported.map(({ provide }) => provide),
  };
}

/** A `StoreScope`. */
const STORE_SCOPE = Symbol('StoreScope');

function databaseOf(config: DatasourceConfig, { app }: AppInfo, log: Log): Database {
  return new Database(config, app, ({ kind, key, ...more }) => {
    if (kind === 'renewed') log.info('tls file renewed', { key });
    else log.warn('tls file kept', { key, ...more });
  });
}

function scopeOf({ schema }: DatasourceConfig, { mode }: TimeExclusionConfig, { app }: AppInfo): StoreScope {
  return { schema, mode, process: app };
}

function health(requirements: readonly TableRequirement[]): Exported {
  return {
    provide: DatabaseHealth,
    useFactory: (database: Database, clock: Clock, config: DatasourceConfig) =>
      new DatabaseHealth(database, clock, { config, requirements }),
    inject: [Database, Clock, DatasourceConfig],
  };
}

function backlog(methods: readonly DeliveryMethod[]): Exported {
  return {
    provide: BacklogCounter,
    useFactory: (database: Database, scope: StoreScope) =>
      new BacklogCounter(database, { ...scope, methods }),
    inject: [Database, STORE_SCOPE],
  };
}

function wakeUp(channel: string): Exported {
  return {
    provide: WakeUpListener,
    useFactory: (database: Database, clock: Clock, log: Log) =>
      new WakeUpListener({ database, channel, clock, log }),
    inject: [Database, Clock, Log],
  };
}
