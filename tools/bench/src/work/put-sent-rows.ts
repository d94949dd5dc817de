import type { Pool } from 'pg';
import { rowColumns } from './row-columns.js';

const STEP = 100_000;

/** Puts rows in that were sent long ago, and leaves the table as autovacuum would have it. */
export async function putSentRows(pool: Pool, rows: number, messageBytes: number): Promise<void> {
  const columns = Object.entries(rowColumns(messageBytes));
  for (let put = 0; put < rows; put += STEP) {
    await pool.query(
      `INSERT INTO comms_request_target_distribution
         (delivery_method, distribution_status, sent_date_time, ${columns.map(([name]) => name).join(', ')})
       SELECT 'PUSH', 'S', now() - interval '1 day', ${columns.map(([, value]) => value).join(', ')}
       FROM generate_series(1, $1::int) AS i`,
      [Math.min(STEP, rows - put)],
    );
  }
  if (rows > 0) await pool.query('VACUUM ANALYZE comms_request_target_distribution');
}
