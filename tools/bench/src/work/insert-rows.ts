import type { Pool } from 'pg';

export interface RowKind {
  readonly messageBytes: number;
  readonly targetBytes?: number;
  /** From 1, the highest, to 3; 2 by default. */
  readonly priority?: number;
}

/** The columns of a row that all subjects get, as expressions over the number `i`. */
export function rowColumns({ messageBytes, targetBytes = 24, priority = 2 }: RowKind) {
  return {
    comms_request_id: '1000000 + i',
    comms_code: `'BENCH'`,
    target: `rpad('handset-token-' || lpad(i::text, 10, '0'), ${targetBytes}, 'x')`,
    alias_value: `'Operator'`,
    priority: String(priority),
    message: `rpad('Dear customer ' || i || ', ', ${messageBytes}, ${TEXT})`,
  };
}

const TEXT = `'your bill for this month is ready. It is due at the end of the month, and will be taken from your account by then. '`;

/** A statement that inserts merged targets of push messages, as many as its one parameter. */
export function insertTargets(kind: RowKind): string {
  const columns = Object.entries(rowColumns(kind));
  return `INSERT INTO comms_request_target
      (delivery_method, merge_date_time, ${columns.map(([name]) => name).join(', ')})
    SELECT 'PUSH', now(), ${columns.map(([, value]) => value).join(', ')}
    FROM generate_series(1, $1::int) AS i`;
}

/** A statement that inserts rows at `D` into the distribution table, as many as its one parameter. */
export function insertWaiting(method: 'PUSH' | 'SMS', kind: RowKind): string {
  const columns = Object.entries(rowColumns(kind));
  return `INSERT INTO comms_request_target_distribution
      (delivery_method, distribution_status, ${columns.map(([name]) => name).join(', ')})
    SELECT '${method}', 'D', ${columns.map(([, value]) => value).join(', ')}
    FROM generate_series(1, $1::int) AS i`;
}

const STEP = 100_000;

/** Inserts rows that were sent long ago, and leaves the table as autovacuum would. */
export async function putSentRows(pool: Pool, rows: number, messageBytes: number): Promise<void> {
  const columns = Object.entries(rowColumns({ messageBytes }));
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
