import type { Queryable } from './rows.js';

const LIMIT_MS = 30_000;

/** Resolves when a session of this database waits for the lock of another one. */
export async function untilBlocked(client: Queryable): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  const sql = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await client.query(sql)).rows.length === 0) {
    if (Date.now() > deadline) throw new Error('nothing waits');
  }
}
