import type { Pool } from 'pg';
import type { Table } from './insert-rows.js';

/** Every row of a table by its id, each as the database writes it, but for the columns that are left out. */
export async function rowDump(
  client: Pool,
  table: Table,
  without: readonly string[] = [],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ id: string; text: string }>(
    `SELECT ${table}_id AS id, (to_jsonb(row) - $1::text[])::text AS text FROM ${table} AS row
     ORDER BY ${table}_id`,
    [without],
  );
  return new Map(rows.map(({ id, text }) => [id, text]));
}
