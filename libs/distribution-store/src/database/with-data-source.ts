import { type DataSource, QueryFailedError } from 'typeorm';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import { createDataSource } from './create-data-source.js';
import { toStoreError } from './to-store-error.js';

/**
 * Does what a command of its own has to do on the database, and closes it. No limit of time holds but those of the
 * server. Throws a `StoreError`.
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
