import type { Client } from 'pg';
import { DemoError } from '../demo-error.js';

/**
 * Makes sure that a database which the user has named holds no real comms: the demo's daemons would send them. The rows
 * of an earlier demo, known by their comms codes, are removed.
 *
 * Throws `DATABASE_IN_USE` where there are other rows; nothing is changed then.
 */
export async function clearGivenDatabase(client: Client): Promise<void> {
  for (const table of TABLES) {
    if (await holdsComms(client, table)) {
      throw new DemoError(
        'DATABASE_IN_USE',
        `${table} holds comms that are not the demo's, and its daemons would send them. Name an empty database.`,
      );
    }
  }
  for (const table of TABLES) {
    if (await exists(client, table)) await client.query(`DELETE FROM public.${table}`);
  }
}

const TABLES = ['comms_request_target_distribution', 'comms_request_target'] as const;
type Table = (typeof TABLES)[number];

async function holdsComms(client: Client, table: Table): Promise<boolean> {
  if (!(await exists(client, table))) return false;
  const { rows } = await client.query(
    `SELECT 1 FROM public.${table} WHERE comms_code IS NULL OR comms_code NOT LIKE 'DEMO-%' LIMIT 1`,
  );
  return rows.length > 0;
}

async function exists(client: Client, table: Table): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [
    `public.${table}`,
  ]);
  return rows[0]?.found === true;
}
