import { migrate, type SuiteDatabase } from '@comms/daemon-stage';
import type { OwnPostgres } from '@comms/test-servers';
import { Pool } from 'pg';

/** The database of a test's own server, with the current schema. It survives when its server is killed. */
export async function ownDatabase({ url }: OwnPostgres): Promise<SuiteDatabase> {
  await migrate(url);
  const client = new Pool({ connectionString: url });
  client.on('error', () => undefined);
  return { url, client, drop: () => client.end() };
}

/**
 * Rows per second that got a new status, from the first to the last of each comms code. Where one statement wrote them all,
 * that counts as a millisecond.
 */
export async function ratesOf(client: Pool): Promise<Record<string, number>> {
  const { rows } = await client.query<{ code: string; rate: number }>(
    `SELECT comms_code AS code,
       (count(*) / greatest(extract(epoch FROM max(audit_time_stamp) - min(audit_time_stamp)), 0.001))::float8 AS rate
     FROM comms_request_target_distribution GROUP BY comms_code`,
  );
  return Object.fromEntries(rows.map(({ code, rate }) => [code, Math.round(rate)]));
}
