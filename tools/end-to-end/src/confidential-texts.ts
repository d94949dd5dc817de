import type { Pool } from 'pg';

/** All messages and targets; none where there are no tables. */
export async function confidentialTexts(client: Pool): Promise<string[]> {
  const texts = ['comms_request_target', 'comms_request_target_distribution'].map(async (table) => {
    if (!(await exists(client, table))) return [];
    return column(client, `SELECT message AS text FROM ${table} UNION SELECT target FROM ${table}`);
  });
  return (await Promise.all(texts)).flat();
}

/** What the daemons have written to rows about errors. */
export async function errorTexts(client: Pool): Promise<string[]> {
  const table = 'comms_request_target_distribution';
  if (!(await exists(client, table))) return [];
  return column(client, `SELECT DISTINCT concat_ws(' ', error_code, error_text) AS text FROM ${table}`);
}

async function exists(client: Pool, table: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [
    table,
  ]);
  return rows[0]?.found === true;
}

async function column(client: Pool, sql: string): Promise<string[]> {
  const { rows } = await client.query<{ text: string | null }>(sql);
  return rows.flatMap(({ text }) => text ?? []);
}
