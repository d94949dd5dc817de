import { testPostgres } from '@comms/test-servers';
import { Pool } from 'pg';
import { migrate } from '../migrate/migrate.js';
import { aDatasourceConfig } from './a-datasource-config.js';

/** A test's own database with the current schema, and sessions on it. */
export interface MigratedDatabase {
  readonly url: string;
  readonly client: Pool;
  /** Closes the sessions and removes the database. */
  drop(): Promise<void>;
}

export async function migratedDatabase(): Promise<MigratedDatabase> {
  const database = await (await testPostgres()).createDatabase();
  await migrate(aDatasourceConfig({ url: database.url }), () => undefined);
  const client = new Pool({ connectionString: database.url });
  // A pool does not wait for its sessions to end, so that the removal of the database may cut some.
  client.on('error', () => undefined);
  return {
    url: database.url,
    client,
    drop: async () => {
      await client.end();
      await database.drop();
    },
  };
}
