import { startPostgres } from '@comms/test-servers';
import { Client } from 'pg';
import { DemoError } from '../demo-error.js';
import { sentenceOf } from '../sentence-of.js';
import { clearGivenDatabase } from './given-database.js';
import type { Teardown } from '../teardown.js';

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
    throw new DemoError('DATABASE', `The database can not be reached: ${sentenceOf(error)}`, {
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
