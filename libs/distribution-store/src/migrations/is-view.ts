import { escapeLiteral } from 'pg';
import type { QueryRunner } from 'typeorm';

/** Whether a view stands in a table's place, so that others make and change the table. */
export async function isView(queryRunner: QueryRunner, table: string): Promise<boolean> {
  const sql = `SELECT relkind FROM pg_class WHERE oid = to_regclass(${escapeLiteral(table)})`;
  const found = (await queryRunner.query(sql)) as { relkind: string }[];
  return found[0]?.relkind === 'v';
}
