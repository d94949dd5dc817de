import type { Pool } from 'pg';

/** Rows or jobs that wait for one kind of subject. */
export interface Work {
  /** Leaves nothing of earlier rounds, and the database at rest. */
  reset(): Promise<void>;
  /**
   * Inserts rows and commits them at once. The tables' statistics are fresh then. Returns the moment just before the
   * commit, in milliseconds of `performance.now()`.
   */
  fill(rows: number): Promise<number>;
  /** Whether all that was inserted is done. */
  isDone(): Promise<boolean>;
  /** How many are done without a failure. */
  countDone(): Promise<number>;
}

/** Runs the statements in one transaction. Returns the moment just before its commit. */
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
