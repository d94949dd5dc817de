import pg from 'pg';
import { DataSource, QueryFailedError } from 'typeorm';
import { parseDatabaseUrl } from '../configuration/database-url.js';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import { CommsPutAnnouncement } from '../entities/comms-put-announcement.entity.js';
import { CommsRequestTargetDistribution } from '../entities/comms-request-target-distribution.entity.js';
import { CommsRequestTarget } from '../entities/comms-request-target.entity.js';
import { CommsSetAside } from '../entities/comms-set-aside.entity.js';
import { MIGRATIONS } from '../migrations/migrations.js';
import { StoreError } from '../store-error.js';
import { loginClient } from './login-client.js';
import type { TlsFiles } from './tls-files.js';
import { toStoreError } from './to-store-error.js';

export interface DataSourceOptions {
  /** The name under which the database shows the sessions. */
  readonly applicationName: string;
  /** When to give up on an answer, in milliseconds; without it, never. */
  readonly answerTimeout?: number;
  /** What remembers the last good files of TLS; without it, nothing is remembered from another data source. */
  readonly tlsFiles?: TlsFiles;
}

/** The TypeORM data source, not connected yet. */
export function createDataSource(config: DatasourceConfig, options: DataSourceOptions): DataSource {
  const url = parseDatabaseUrl(config.url);
  if ('problem' in url) throw new StoreError('STORE_UNREACHABLE', `The database's URL ${url.problem}.`);
  const { host, port, database, sslMode } = url.value;
  return new DataSource({
    type: 'postgres',
    // By itself TypeORM would look for it in the working directory, and could find another copy.
    driver: pg,
    host,
    port,
    database,
    schema: config.schema,
    applicationName: options.applicationName,
    poolSize: config.poolSize,
    connectTimeoutMS: config.connectTimeout,
    entities: [CommsRequestTarget, CommsRequestTargetDistribution, CommsPutAnnouncement, CommsSetAside],
    migrations: MIGRATIONS,
    migrationsTableName: 'comms_distribution_migration',
    migrationsTransactionMode: 'each',
    installExtensions: false,
    logging: false,
    poolErrorHandler: ignoreIdleConnection,
    extra: {
      Client: loginClient(config, sslMode, options.tlsFiles),
      keepAlive: true,
      query_timeout: options.answerTimeout,
    },
  });
}

/** An idle connection has ended: the pool has dropped it, and opens another when one is needed. */
function ignoreIdleConnection(): void {
  return;
}

/**
 * Runs the work of a command on the database, and closes the connections. Only the time limits of the server apply.
 * Throws a `StoreError`.
 */
export async function withDataSource(
  config: DatasourceConfig,
  applicationName: string,
  work: (dataSource: DataSource) => Promise<void>,
): Promise<void> {
  const dataSource = createDataSource(config, { applicationName });
  try {
    await work(await dataSource.initialize());
  } catch (error) {
    throw toStoreError(error instanceof QueryFailedError ? error.driverError : error, 'STORE_UNREACHABLE');
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}
