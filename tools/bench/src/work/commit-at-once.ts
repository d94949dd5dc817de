import type { Pool } from 'pg';

/** Runs the statements in one transaction; answers the moment just before its commit. */
export async function commitAtOnce(
  pool: Pool,
  ...statements: readonly (readonly [sql: string, ...values: unknown[]])[]
): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    for (const [sql, ...values] of statements) await client.query(sql, values);
    const committed = performance.now();
    await client.query('COMMIT');
    return committed;
  } finally {
    client.release();
  }
}
