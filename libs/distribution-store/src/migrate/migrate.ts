import { escapeIdentifier, escapeLiteral } from 'pg';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import type { Say } from '../commands/database-command.js';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import { withDataSource } from '../database/create-data-source.js';

/**
 * Brings a database to the current schema, each migration in its own transaction. Several runs at once take turns.
 * Throws a `StoreError`; what was migrated before it stays.
 */
export function migrate(config: DatasourceConfig, say: Say): Promise<void> {
  return withDataSource(config, 'comms-db-migrate', async (dataSource) => {
    const runner = dataSource.createQueryRunner();
    await takeTurn(runner, say);
    await createSchema(runner, config.schema);
    await runPending(dataSource, runner, say);
  });
}

/** The lock belongs to the session and goes with it. */
async function takeTurn(runner: QueryRunner, say: Say): Promise<void> {
  const [taken] = (await runner.query(`SELECT pg_try_advisory_lock(${LOCK}) AS free`)) as { free: boolean }[];
  if (taken?.free) return;
  say('Another run is migrating this database; waiting for it.');
  await runner.query(`SELECT pg_advisory_lock(${LOCK})`);
}

/** Any number that no other program uses. */
const LOCK = '7026453191';

async function createSchema(runner: QueryRunner, schema: string): Promise<void> {
  const found = `SELECT nspname FROM pg_namespace WHERE nspname = ${escapeLiteral(schema)}`;
  const schemas = (await runner.query(found)) as unknown[];
  if (schemas.length === 0) await runner.query(`CREATE SCHEMA ${escapeIdentifier(schema)}`);
}

async function runPending(dataSource: DataSource, runner: QueryRunner, say: Say): Promise<void> {
  const executor = new MigrationExecutor(dataSource, runner);
  const pending = await executor.getPendingMigrations();
  say(pending.length === 0 ? 'Nothing to migrate.' : `${pending.length} to run.`);
  for (const migration of pending) {
    const start = performance.now();
    await runner.startTransaction();
    await executor.executeMigration(migration);
    await runner.commitTransaction();
    say(`${migration.name} done in ${Math.round(performance.now() - start)} ms.`);
  }
  say('The database has the current schema.');
}
