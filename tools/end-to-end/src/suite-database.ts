import { testPostgres } from '@comms/test-servers';
import { Pool } from 'pg';
import { join } from 'node:path';
import { repositoryPath } from './repository-path.js';
import { runProgram } from './run-program.js';

/** A database of one suite, and sessions on it. */
export interface SuiteDatabase {
  readonly url: string;
  readonly client: Pool;
  /** The SQL that makes the roles of its daemons; that of this checkout where absent. */
  readonly rolesFile?: string;
  /** Closes the sessions and removes the database. */
  drop(): Promise<void>;
}

/** An empty database. */
export async function emptyDatabase(): Promise<SuiteDatabase> {
  const database = await (await testPostgres()).createDatabase();
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

/** A database that `npm run db:migrate` has brought to the current schema. */
export async function migratedDatabase(): Promise<SuiteDatabase> {
  const database = await emptyDatabase();
  await migrate(database.url);
  return database;
}

/** Brings a database to the schema of this checkout, or of what is built in another folder. */
export async function migrate(url: string, root = repositoryPath('')): Promise<void> {
  const program = join(root, 'libs/distribution-store/dist/migrate.main.js');
  const { code, stdout, stderr } = await runProgram(program, [], { COMMS_DATASOURCE_URL: url });
  if (code !== 0) throw new Error(`the migration ended with ${code ?? 'a signal'}: ${stdout}${stderr}`);
}
