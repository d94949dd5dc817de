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
