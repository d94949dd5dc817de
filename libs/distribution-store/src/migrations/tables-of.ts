import { escapeLiteral } from 'pg';
import type { QueryRunner } from 'typeorm';
import { type TableNames, tableNames } from '../tables.js';

/** The tables in the schema that the migration runs on. */
export function tablesOf({ dataSource }: QueryRunner): TableNames {
  return tableNames(dataSource.driver.schema ?? 'public');
}

/** Whether a view stands in a table's place, so that others make and change the table. */
export async function isView(queryRunner: QueryRunner, table: string): Promise<boolean> {
  const sql = `SELECT relkind FROM pg_class WHERE oid = to_regclass(${escapeLiteral(table)})`;
  const found = (await queryRunner.query(sql)) as { relkind: string }[];
  return found[0]?.relkind === 'v';
}
