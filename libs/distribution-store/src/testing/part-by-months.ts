import { readFile } from 'node:fs/promises';
import type { Queryable } from './rows.js';

/**
 * Parts the distribution table by months, as an operator does. A test may put in any id: those that belong to no month
 * for long to come have a part of their own here.
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
