import type { Queryable } from './rows.js';

/** Removes all rows of all tables; the ids go on from where they were. */
export async function emptyTables(client: Queryable): Promise<void> {
  await client.query(
    'TRUNCATE comms_request_target, comms_request_target_distribution, comms_put_announcement, comms_set_aside',
  );
}
