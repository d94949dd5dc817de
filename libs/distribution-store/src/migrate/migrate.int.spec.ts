import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type TestDatabase, testPostgres } from '@comms/test-servers';
import { Client } from 'pg';
import { randomUUID } from 'node:crypto';
import { createDataSource } from '../database/create-data-source.js';
import { AddSending1795514400003 } from '../migrations/add-sending.migration.js';
import { MIGRATIONS } from '../migrations/migrations.js';
import { aDatasourceConfig, insertDistribution, insertTarget } from '../testing/index.js';
import { migrate } from './migrate.js';

describe('migrate', () => {
  let database: TestDatabase;
  let client: Client;
  beforeEach(async () => {
    database = await (await testPostgres()).createDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  const run = async (overrides = {}) => {
    const lines: string[] = [];
    await migrate(aDatasourceConfig({ url: database.url, ...overrides }), (line) => lines.push(line));
    return lines;
  };
  const dataSource = () =>
    createDataSource(aDatasourceConfig({ url: database.url }), { applicationName: 'spec' });

  const undoAll = async () => {
    const source = await dataSource().initialize();
    const done = 'SELECT FROM comms_distribution_migration';
    while ((await client.query(done)).rowCount !== 0) await source.undoLastMigration();
    await source.destroy();
  };

  it('makes both tables with the columns of the contract', async () => {
    await run();
    expect(await columnsOf(client, 'comms_request_target')).toEqual(TARGET_COLUMNS);
    expect(await columnsOf(client, 'comms_request_target_distribution')).toEqual(DISTRIBUTION_COLUMNS);
  });

  it('leaves nothing that the entities would change', async () => {
    await run();
    const source = await dataSource().initialize();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    await source.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('has nothing to do on a current database, and says so', async () => {
    expect(await run()).toHaveLength(MIGRATIONS.length + 2);
    expect(await run()).toEqual(['Nothing to migrate.', 'The database has the current schema.']);
  });

  it('goes down to an empty schema and up again', async () => {
    await run();
    await undoAll();
    expect(await tablesIn(client, 'public')).toEqual(['comms_distribution_migration']);
    await run();
    expect(await tablesIn(client, 'public')).toContain('comms_request_target_distribution');
  });

  it('gives roles that may write when a row was sent the same rights on its sending', async () => {
    const role = `spec_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
    await run();
    const source = await dataSource().initialize();
    const added = MIGRATIONS.indexOf(AddSending1795514400003);
    for (let undone = MIGRATIONS.length; undone > added; undone -= 1) await source.undoLastMigration();
    await source.destroy();
    const rights = async () =>
      (
        await client.query<{ right: string }>(
          `SELECT privilege_type AS right FROM information_schema.column_privileges
           WHERE grantee = '${role}' AND column_name = 'sending' ORDER BY 1`,
        )
      ).rows.map(({ right }) => right);
    await client.query(`CREATE ROLE ${role}`);
    await client.query(
      `GRANT SELECT (sent_date_time), UPDATE (sent_date_time) ON comms_request_target_distribution TO ${role}`,
    );
    await run();
    expect(await rights()).toEqual(['SELECT', 'UPDATE']);
    await client.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  });

  it('lets several runs at once take turns', async () => {
    const runs = await Promise.all([run(), run(), run()]);
    const done = runs.flat().filter((line) => line.includes(' done in '));
    expect(done).toHaveLength(MIGRATIONS.length);
  });

  it('makes the tables in another schema, which it makes too', async () => {
    await run({ schema: 'comms' });
    expect(await tablesIn(client, 'public')).toEqual([]);
    expect(await tablesIn(client, 'comms')).toContain('comms_request_target_distribution');
  });

  it('keeps what was migrated and names the fault when a table is in the way', async () => {
    await client.query('CREATE TABLE comms_request_target_distribution (id int)');
    await expect(run()).rejects.toMatchObject({ code: 'STORE_SCHEMA' });
    await expect(run()).rejects.toThrow('relation "comms_request_target_distribution" already exists');
    expect(await tablesIn(client, 'public')).toContain('comms_request_target');
  });

  it('changes no views that replace the tables, neither up nor down', async () => {
    await client.query(`CREATE VIEW comms_request_target AS SELECT 1 AS x;
      CREATE VIEW comms_request_target_distribution AS SELECT 1 AS x`);
    await run();
    expect(await tablesIn(client, 'public')).toEqual([
      'comms_distribution_migration',
      'comms_put_announcement',
      'comms_set_aside',
    ]);
    await undoAll();
    expect((await client.query('SELECT * FROM comms_request_target')).rowCount).toBe(1);
  });

  it('says that the database cannot be reached', async () => {
    const url = new URL(database.url);
    url.port = '1';
    await expect(run({ url: url.href })).rejects.toMatchObject({
      code: 'STORE_UNREACHABLE',
      retryable: true,
    });
  });

  describe.each([
    ['an unknown status', { distributionStatus: 'X' }],
    ['a status in lower case', { distributionStatus: 's' }],
    ['an unknown method', { deliveryMethod: 'FAX' }],
    ['a method in another case', { deliveryMethod: 'sms' }],
    ['a priority of 0', { priority: 0 }],
    ['a priority of 4', { priority: 4 }],
  ])('with %s', (_, fields) => {
    it('refuses the row', async () => {
      await run();
      await expect(insertDistribution(client, fields)).rejects.toMatchObject({ code: '23514' });
      if (!('distributionStatus' in fields)) {
        await expect(insertTarget(client, fields)).rejects.toMatchObject({ code: '23514' });
      }
    });
  });

  it('lets a target have one entry, and any number of entries have no target', async () => {
    await run();
    await insertDistribution(client, { commsRequestTargetId: '7' });
    await insertDistribution(client);
    await insertDistribution(client);
    await expect(insertDistribution(client, { commsRequestTargetId: '7' })).rejects.toMatchObject({
      code: '23505',
    });
  });
});

async function tablesIn(client: Client, schema: string): Promise<string[]> {
  const sql = 'SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY 1';
  return (await client.query<{ tablename: string }>(sql, [schema])).rows.map(({ tablename }) => tablename);
}

async function columnsOf(client: Client, table: string): Promise<string[]> {
  const sql = `SELECT concat_ws(' ', attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END,
      CASE WHEN attidentity <> '' THEN 'identity' END, 'default ' || pg_get_expr(adbin, adrelid)) AS line
    FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attrelid = $1::regclass AND attnum > 0 ORDER BY attnum`;
  return (await client.query<{ line: string }>(sql, [table])).rows.map(({ line }) => line);
}

const TARGET_COLUMNS = [
  'comms_request_target_id bigint not null identity',
  'comms_request_id bigint not null',
  'comms_code character varying(20)',
  'delivery_method character varying(10) not null',
  'target character varying(200)',
  'alias_value character varying(70)',
  'priority smallint not null default 2',
  'message text',
  'time_exclusion timestamp with time zone',
  'merge_date_time timestamp with time zone',
  'distribution_entry_date_time timestamp with time zone',
];

const DISTRIBUTION_COLUMNS = [
  'comms_request_target_distribution_id bigint not null identity',
  'comms_request_target_id bigint',
  'comms_request_id bigint not null',
  'comms_code character varying(20)',
  'delivery_method character varying(10) not null',
  'target character varying(200)',
  'alias_value character varying(70)',
  'priority smallint not null default 2',
  'message text',
  'time_exclusion timestamp with time zone',
  'distribution_status character(1) not null',
  'created_date_time timestamp with time zone not null default now()',
  'sent_date_time timestamp with time zone',
  'published_date_time timestamp with time zone',
  'retry_date_time timestamp with time zone',
  'read_date_time timestamp with time zone',
  'lapsed_date_time timestamp with time zone',
  'retry_count smallint not null default 0',
  'error_code character varying(50)',
  'error_text character varying(500)',
  'distribution_reference character varying(100)',
  'audit_time_stamp timestamp with time zone',
  'audit_process character varying(50)',
  'audit_user character varying(50)',
  'sending character varying(20)',
];
