import { readFile } from 'node:fs/promises';
import { repositoryPath } from '@comms/kit';
import type { Pool } from 'pg';

/** Lets the database notify the daemons of new rows, as an operator would. */
export async function addTriggers(pool: Pool): Promise<void> {
  await pool.query(await readFile(repositoryPath('libs/distribution-store/sql/wake-up.sql'), 'utf8'));
}

/** Removes the trigger of the table that the delivery daemons work on. */
export async function dropTrigger(pool: Pool): Promise<void> {
  await pool.query('DROP TRIGGER IF EXISTS comms_wake_up ON comms_request_target_distribution');
}
