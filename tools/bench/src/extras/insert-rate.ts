import type { Pool, PoolClient } from 'pg';
import type { Writers } from './writers.js';

/** Lets the writers run one statement after the other for some time; answers the rows a second that were committed. */
export async function insertRate(
  pool: Pool,
  { sessions, rows }: Writers,
  { statement, milliseconds }: { readonly statement: string; readonly milliseconds: number },
): Promise<number> {
  const clients = await Promise.all(Array.from({ length: sessions }, () => pool.connect()));
  try {
    const insert = (client: PoolClient) => client.query(statement, [rows]);
    // The first one looks up tables and triggers anew, since these have changed.
    await Promise.all(clients.map(insert));
    const start = performance.now();
    const counts = await Promise.all(
      clients.map(async (client) => {
        let count = 0;
        for (; performance.now() < start + milliseconds; count += 1) await insert(client);
        return count;
      }),
    );
    const statements = counts.reduce((sum, count) => sum + count, 0);
    return (statements * rows * 1000) / (performance.now() - start);
  } finally {
    for (const client of clients) client.release();
  }
}
