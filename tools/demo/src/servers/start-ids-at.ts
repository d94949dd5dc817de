import type { Client } from 'pg';

/**
 * Lets the distribution ids of a new database start at a number of their own. A real broker remembers the ids that it
 * has seen, and Artemis drops a message whose id an earlier demo has used.
 */
export async function startIdsAt(client: Client, firstId: number): Promise<void> {
  await client.query(
    `SELECT setval(pg_get_serial_sequence('public.comms_request_target_distribution',
                                          'comms_request_target_distribution_id'), $1)`,
    [firstId],
  );
}
