import { DatasourceConfig } from '../configuration/datasource.config.js';

/** A sound configuration; name at least the URL. */
export function aDatasourceConfig(overrides: Partial<DatasourceConfig> & { url: string }): DatasourceConfig {
  return Object.assign(new DatasourceConfig(), {
    schema: 'public',
    poolSize: 10,
    connectTimeout: 5000,
    statementTimeout: 30_000,
    lockTimeout: 5000,
    idleInTransactionTimeout: 60_000,
    ...overrides,
  });
}
