import { testPostgres } from '@comms/test-servers';
import { Client } from 'pg';
import { migrate } from '../migrate/migrate.js';
import { aDatasourceConfig } from './a-datasource-config.js';

/** A database of a test's own with the current schema, and a session on it. */
export interface MigratedDatabase {
  readonly url: string;
  readonly client: Client;
  /** Closes the session and removes the database. */
  drop(): Promise<void>;
}

export async function migratedDatabase(): Promise<MigratedDatabase> {
  const database = await (await testPostgres()).createDatabase();
  await migrate(aDatasourceConfig({ url: database.url }), () => undefined);
  const client = new Client({ connectionString: database.url });
  await client.connect();
  return {
    url: database.url,
    client,
    drop: async () => {
      await client.end();
      await database.drop();
    },
  };
}
