import type { Pool } from 'pg';

/** Columns by name; a time is text that PostgreSQL reads. */
export type Columns = Readonly<Record<string, string | number | null>>;

export type Table = 'comms_request_target' | 'comms_request_target_distribution';

/** Puts rows that name the same columns in with one statement; answers their ids, in order. */
export async function insertRows(client: Pool, table: Table, rows: readonly Columns[]): Promise<string[]> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  const inserted = await client.query<{ id: string }>(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1)
     RETURNING ${table}_id AS id`,
    [JSON.stringify(rows)],
  );
  return inserted.rows.map(({ id }) => id);
}
