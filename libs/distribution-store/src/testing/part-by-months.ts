import { readFile } from 'node:fs/promises';
import type { Queryable } from './rows.js';

/**
 * Partitions the distribution table by months, as an operator does. A test may insert any id: ids that belong to no
 * near month have their own partition here.
 */
export async function partByMonths(client: Queryable): Promise<void> {
  await client.query(await readFile(MONTHS, 'utf8'));
  await client.query(`
    CREATE TABLE comms_request_target_distribution_beyond PARTITION OF comms_request_target_distribution
      FOR VALUES FROM (9001000000000000) TO (MAXVALUE);
    CREATE UNIQUE INDEX comms_request_target_distribution_beyond_target
      ON comms_request_target_distribution_beyond (comms_request_target_id) WHERE comms_request_target_id IS NOT NULL`);
}

const MONTHS = new URL('../../sql/months.sql', import.meta.url);
