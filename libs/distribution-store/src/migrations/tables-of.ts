import type { QueryRunner } from 'typeorm';
import { type TableNames, tableNames } from '../table-names.js';

/** The tables in the schema that the migration runs on. */
export function tablesOf({ dataSource }: QueryRunner): TableNames {
  return tableNames(dataSource.driver.schema ?? 'public');
}
