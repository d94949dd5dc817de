import { startPostgres } from '@comms/test-servers';
import { Client } from 'pg';
import { commandEnd, repositoryPath, sentenceOf, type Teardown } from '@comms/kit';
import { DemoError } from '../demo-error.js';
import { clearGivenDatabase } from './clear-given-database.js';

/** The database that the daemons work on, and the demo's own session on it. */
export interface DemoDatabase {
  readonly url: string;
  /** As `url`, but without the password where the user has named the database. */
  readonly urlToShow: string;
  readonly client: Client;
}

/** The database that the user has named, without rows, or else an embedded PostgreSQL that ends with the demo. */
export async function openDatabase(givenUrl: string | undefined, teardown: Teardown): Promise<DemoDatabase> {
  const url = givenUrl ?? (await embeddedUrl(teardown));
  const client = new Client({ connectionString: url, application_name: 'comms-demo' });
  // A session that ends between two questions shows at the next one.
  client.on('error', () => undefined);
  teardown.add('session', () => client.end());
  await client.connect().catch((error: unknown) => {
    throw new DemoError('DATABASE', `The database cannot be reached: ${sentenceOf(error)}`, {
      cause: error,
    });
  });
  if (givenUrl !== undefined) await clearGivenDatabase(client);
  return { url, urlToShow: givenUrl === undefined ? url : withoutPassword(url), client };
}

async function embeddedUrl(teardown: Teardown): Promise<string> {
  const starting = startPostgres();
  teardown.add('PostgreSQL', async () => {
    const started = await starting.catch(() => undefined);
    await started?.process.stop();
  });
  return (await starting).url;
}

function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  shown.searchParams.delete('password');
  return shown.href;
}

/** Brings the database to the current schema, as `npm run db:migrate` does. Throws `NOT_MIGRATED`. */
export async function migrate(env: NodeJS.ProcessEnv): Promise<void> {
  const script = repositoryPath('libs/distribution-store/dist/migrate.main.js');
  const { code, stderr } = await commandEnd(process.execPath, [script], { env });
  if (code !== 0) throw new DemoError('NOT_MIGRATED', `The tables could not be made.\n${stderr.trimEnd()}`);
}

/**
 * Lets the distribution ids of a new database start at a number that no earlier demo used. A real broker remembers the
 * ids that it has seen, and Artemis drops a message whose id an earlier demo has used.
 */
export async function startIdsAt(client: Client, firstId: number): Promise<void> {
  await client.query(
    `SELECT setval(pg_get_serial_sequence('public.comms_request_target_distribution',
                                          'comms_request_target_distribution_id'), $1)`,
    [firstId],
  );
}
