import { escapeIdentifier } from 'pg';
import type { DataSource } from 'typeorm';
import type { Say } from '../commands/database-command.js';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import { withDataSource } from '../database/create-data-source.js';
import { StoreError } from '../store-error.js';

/**
 * Makes the partitions of the months to come, then drops those that are older than the retention, where one is given.
 * Each is its own transaction. Throws a `StoreError` that says what to do. What was made before stays.
 */
export async function keepMonths(config: DatasourceConfig, say: Say, retention?: string): Promise<void> {
  const schema = escapeIdentifier(config.schema);
  try {
    await withDataSource(config, 'comms-keep-months', async (dataSource) => {
      const made = await linesOf(dataSource, `${schema}.comms_make_months()`);
      made.forEach(say);
      const dropped =
        retention === undefined
          ? []
          : await linesOf(dataSource, `${schema}.comms_drop_months($1)`, [retention]);
      dropped.forEach(say);
      if (made.length + dropped.length === 0) say('Nothing to do.');
    });
  } catch (error) {
    throw withAdvice(error);
  }
}

/** Only under READ COMMITTED does the second look at a month's rows see what has changed since the first. */
function linesOf(dataSource: DataSource, call: string, values: string[] = []): Promise<string[]> {
  return dataSource.transaction('READ COMMITTED', async (manager) => {
    const rows = await manager.query<{ line: string }[]>(`SELECT line FROM ${call} AS line`, values);
    return rows.map(({ line }) => line);
  });
}

function withAdvice(error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  const advice = error.sqlState === LOCK_NOT_AVAILABLE ? TRY_AGAIN : ADVICE[error.code];
  return advice === undefined
    ? error
    : new StoreError(error.code, `${error.message} ${advice}`, error.sqlState);
}

const LOCK_NOT_AVAILABLE = '55P03';

const TRY_AGAIN = 'Another transaction held the table for more than two seconds; the next run tries again.';

const ADVICE: Partial<Record<StoreError['code'], string>> = {
  STORE_SCHEMA:
    'The tables of comms.datasource.schema must be partitioned by libs/distribution-store/sql/months.sql first.',
  STORE_RIGHT_MISSING: 'The login must own the tables, or be in the role comms_maintenance.',
};
