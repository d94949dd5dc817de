import type { Pool } from 'pg';

/** A row of the distribution table as the driver reads it: 64-bit numbers as text, times as dates. */
export interface DistributionRow {
  readonly comms_request_target_distribution_id: string;
  readonly comms_request_target_id: string | null;
  readonly comms_request_id: string;
  readonly delivery_method: string;
  readonly target: string | null;
  readonly alias_value: string | null;
  readonly comms_code: string | null;
  readonly priority: number;
  readonly message: string | null;
  readonly time_exclusion: Date | number | null;
  readonly distribution_status: string;
  readonly created_date_time: Date;
  readonly sent_date_time: Date | null;
  readonly published_date_time: Date | null;
  readonly retry_date_time: Date | null;
  readonly read_date_time: Date | null;
  readonly lapsed_date_time: Date | null;
  readonly retry_count: number;
  readonly error_code: string | null;
  readonly error_text: string | null;
  readonly distribution_reference: string | null;
  readonly audit_time_stamp: Date | null;
  readonly audit_process: string | null;
  readonly audit_user: string | null;
}

/** All rows, or those of one delivery method, in the order of their ids. */
export async function distributionRows(client: Pool, method?: string): Promise<DistributionRow[]> {
  const { rows } = await client.query<DistributionRow>(
    `SELECT * FROM comms_request_target_distribution WHERE delivery_method = coalesce($1, delivery_method)
     ORDER BY comms_request_target_distribution_id`,
    [method ?? null],
  );
  return rows;
}

export async function distributionRow(client: Pool, id: string): Promise<DistributionRow> {
  const { rows } = await client.query<DistributionRow>(
    'SELECT * FROM comms_request_target_distribution WHERE comms_request_target_distribution_id = $1',
    [id],
  );
  if (rows[0] === undefined) throw new Error(`no row ${id}`);
  return rows[0];
}

/** How many rows have a status. */
export async function countOf(client: Pool, status: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    'SELECT count(*) FROM comms_request_target_distribution WHERE distribution_status = $1',
    [status],
  );
  return Number(rows[0]?.count);
}

/** Columns by name; a time is text that PostgreSQL reads. */
export type Columns = Readonly<Record<string, string | number | null>>;

type Table = 'comms_request_target' | 'comms_request_target_distribution';

/** Inserts rows that name the same columns, in one statement. Returns their ids in the same order. */
export async function insertRows(client: Pool, table: Table, rows: readonly Columns[]): Promise<string[]> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  const inserted = await client.query<{ id: string }>(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1)
     RETURNING ${table}_id AS id`,
    [JSON.stringify(rows)],
  );
  return inserted.rows.map(({ id }) => id);
}

/** Every row of a table by its id, as JSON of the database, without the columns that are left out. */
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
