import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '@comms/daemon-runtime/testing';
import { Database } from '../database/database.js';
import { aDatasourceConfig, type MigratedDatabase, migratedDatabase } from '../testing/index.js';
import { DatabaseHealth } from './database-health.js';
import { DELIVERY_REQUIREMENTS, MONITOR_REQUIREMENTS } from './schema-requirements.js';

const TABLE = 'comms_request_target_distribution';

let migrated: MigratedDatabase;
let database: Database;
beforeAll(async () => {
  migrated = await migratedDatabase();
});
beforeEach(async () => {
  database = new Database(aDatasourceConfig({ url: migrated.url, schema: 'spec' }), 'spec');
  await migrated.client.query(`DROP SCHEMA IF EXISTS spec CASCADE; CREATE SCHEMA spec;
    CREATE TABLE spec.${TABLE} (LIKE public.${TABLE}); CREATE TABLE spec.comms_request_target (LIKE public.comms_request_target);
    CREATE TABLE spec.comms_put_announcement (LIKE public.comms_put_announcement);
    CREATE TABLE spec.comms_set_aside (LIKE public.comms_set_aside)`);
});
afterEach(() => database.stop());
afterAll(() => migrated.drop());

const healthOf = (requirements = DELIVERY_REQUIREMENTS, on = database) =>
  new DatabaseHealth(on, new FakeClock(), requirements);
const change = (sql: string) => migrated.client.query(sql);

describe('the health of the database', () => {
  it('is up, and names the database without credentials', async () => {
    const { hostname, port, pathname } = new URL(migrated.url);
    expect(await healthOf().check()).toEqual({
      state: 'up',
      since: new FakeClock().now(),
      name: `${hostname}:${port}${pathname}`,
    });
  });

  it('stays up with columns of a newer schema', async () => {
    await change(`ALTER TABLE spec.${TABLE} ADD newer text`);
    expect(await healthOf().check()).toMatchObject({ state: 'up' });
  });

  it.each([
    [
      `DROP TABLE spec.${TABLE}`,
      'STORE_TABLE_MISSING',
      `The table spec.${TABLE} is missing; npm run db:migrate`,
    ],
    [`DROP SCHEMA spec CASCADE`, 'STORE_TABLE_MISSING', `The table spec.${TABLE} is missing`],
    [
      `ALTER TABLE spec.${TABLE} DROP lapsed_date_time`,
      'STORE_COLUMN_MISSING',
      `The column lapsed_date_time of spec.${TABLE} is missing; npm run db:migrate`,
    ],
    [
      `ALTER TABLE spec.${TABLE} DROP sending`,
      'STORE_COLUMN_MISSING',
      `The column sending of spec.${TABLE} is missing; npm run db:migrate`,
    ],
    [
      `ALTER TABLE spec.${TABLE} ALTER time_exclusion TYPE timestamp`,
      'STORE_COLUMN_TYPE',
      `The column time_exclusion of spec.${TABLE} is timestamp without time zone, and should be timestamp with time zone.`,
    ],
    [
      `ALTER TABLE spec.${TABLE} ALTER comms_request_id TYPE integer`,
      'STORE_COLUMN_TYPE',
      `The column comms_request_id of spec.${TABLE} is integer, and should be bigint.`,
    ],
    [
      `ALTER TABLE spec.${TABLE} ALTER error_text TYPE varchar(100)`,
      'STORE_COLUMN_TYPE',
      `The column error_text of spec.${TABLE} holds 100 characters, and should hold 500.`,
    ],
    [
      `DROP TABLE spec.${TABLE}; CREATE VIEW spec.${TABLE} AS SELECT DISTINCT * FROM public.${TABLE}`,
      'STORE_RIGHT_MISSING',
      `The database user cannot update the column`,
    ],
  ])('is down after %s, and says why', async (sql, code, text) => {
    await change(sql);
    expect(await healthOf().check()).toMatchObject({
      state: 'down',
      code,
      text: expect.stringContaining(text) as unknown,
    });
  });

  it('checks the tables of comms-monitor only for comms-monitor', async () => {
    await change('ALTER TABLE spec.comms_request_target DROP distribution_entry_date_time');
    expect(await healthOf().check()).toMatchObject({ state: 'up' });
    expect(await healthOf(MONITOR_REQUIREMENTS).check()).toMatchObject({
      code: 'STORE_COLUMN_MISSING',
      text: expect.stringContaining('distribution_entry_date_time of spec.comms_request_target') as unknown,
    });
  });

  it.each([
    [`GRANT SELECT ON spec.${TABLE} TO pg_monitor`, 'update the column distribution_status'],
    [`GRANT UPDATE ON spec.${TABLE} TO pg_monitor`, 'read the column comms_request_target_distribution_id'],
    [
      `GRANT SELECT, UPDATE ON spec.${TABLE} TO pg_monitor;
       GRANT SELECT, INSERT, UPDATE ON spec.comms_put_announcement TO pg_monitor`,
      'delete rows by the column comms_put_announcement_id',
    ],
  ])('is down with no more than %s', async (grant, missing) => {
    await change(`GRANT USAGE ON SCHEMA spec TO pg_monitor; ${grant}`);
    await change(`CREATE ROLE spec_health LOGIN PASSWORD 'spec' IN ROLE pg_monitor`);
    const { href: url } = Object.assign(new URL(migrated.url), { username: 'spec_health', password: 'spec' });
    const limited = new Database(aDatasourceConfig({ url, schema: 'spec' }), 'spec');
    expect(await healthOf(DELIVERY_REQUIREMENTS, limited).check()).toMatchObject({
      code: 'STORE_RIGHT_MISSING',
      text: expect.stringContaining(missing) as unknown,
    });
    await limited.stop();
    await change('DROP ROLE spec_health');
  });

  it('is down while the database is read-only', async () => {
    const name = new URL(migrated.url).pathname.slice(1);
    await change(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    expect(await healthOf().check()).toMatchObject({ state: 'down', code: 'STORE_READ_ONLY' });
    await change(`BEGIN READ WRITE; ALTER DATABASE ${name} RESET default_transaction_read_only; COMMIT`);
  });

  it('is down while the database cannot be reached, since the first time', async () => {
    const { href: url } = Object.assign(new URL(migrated.url), { port: '1' });
    const unreachable = new Database(aDatasourceConfig({ url, schema: 'spec' }), 'spec');
    const clock = new FakeClock();
    const health = new DatabaseHealth(unreachable, clock, DELIVERY_REQUIREMENTS);
    const first = await health.check();
    await clock.advance(1000);
    expect(first).toMatchObject({ state: 'down', code: 'STORE_UNREACHABLE' });
    expect(await health.check()).toEqual(first);
    await unreachable.stop();
  });
});
