import type { Pool } from 'pg';
import type { Daemon } from './daemon.js';

/** Long enough to be meant, short enough to find a text that was cut. */
const SAMPLE_LENGTH = 24;

/** The secrets of 8 characters or more that an output holds, as they are or as JSON writes them. */
export function leaksIn(output: string, secrets: readonly string[]): string[] {
  const samples = secrets.filter(({ length }) => length >= 8).map((text) => text.slice(0, SAMPLE_LENGTH));
  return [...new Set(samples)].filter(
    (sample) => output.includes(sample) || output.includes(JSON.stringify(sample).slice(1, -1)),
  );
}

/** All messages and targets of the tables; none where there are no tables. */
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

/** What is wrong with a daemon's output. Each line must be JSON with the fields of every event; nothing else may be written. */
export function logFaults({ app, stdout, stderr }: Daemon): string[] {
  const lines = stdout.split('\n').filter((line) => line !== '');
  const strange = lines.filter((line) => !isEvent(line, app));
  if (stderr !== '') strange.push(stderr);
  return strange.map((text) => `${app} wrote something that is no event: ${text}`);
}

function isEvent(line: string, app: string): boolean {
  try {
    const event = JSON.parse(line) as Record<string, unknown>;
    return typeof event['level'] === 'string' && typeof event['msg'] === 'string' && event['app'] === app;
  } catch {
    return false;
  }
}
