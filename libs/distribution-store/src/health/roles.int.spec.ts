import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SystemClock } from '@comms/daemon-runtime';
import { MONITOR_TASKS } from '@comms/delivery';
import { PostgresDistributionStore } from '../claim/postgres-distribution-store.js';
import { Database } from '../database/database.js';
import { PostgresMonitorStore } from '../monitor/postgres-monitor-store.js';
import {
  aDatasourceConfig,
  distributionRow,
  insertDistribution,
  insertTarget,
  type MigratedDatabase,
  migratedDatabase,
} from '../testing/index.js';
import { rightsNeeded } from '../testing/rights-needed.js';
import { BacklogCounter } from './backlog-counter.js';
import { DatabaseHealth } from './database-health.js';
import { DELIVERY_REQUIREMENTS, MONITOR_REQUIREMENTS } from './schema-requirements.js';

const ROLES = new URL('../../sql/roles.sql', import.meta.url);

let migrated: MigratedDatabase;
beforeAll(async () => {
  migrated = await migratedDatabase();
  const sql = await readFile(ROLES, 'utf8');
  await Promise.all([migrated.client.query(sql), migratedElsewhere(sql)]);
  await migrated.client.query(sql);
});
afterAll(() => migrated.drop());

/** Roles belong to all databases of a server: here another one is given them at the same time. */
async function migratedElsewhere(sql: string): Promise<void> {
  const other = await migratedDatabase();
  await other.client.query(sql);
  await other.drop();
}

const scope = { schema: 'public', mode: 'send-before', process: 'spec' } as const;
const past = new Date(Date.now() - 60_000);

describe('the role comms_delivery', () => {
  it('is enough to claim, announce, record, count, and to be found healthy', async () => {
    const login = await loginAs('comms_delivery');
    const ids = [await insert(), await insert(), await insert()];
    const store = new PostgresDistributionStore(login.database, { ...scope, method: 'SMS' });
    const claim = await store.claim(10);
    expect(claim.distributions).toHaveLength(3);
    expect(await claim.announce(ids)).toEqual(new Set());
    const [first = '', second = '', third = ''] = ids;
    await claim.record([
      { distributionId: first, status: 'S', reference: 'file' },
      { distributionId: second, status: 'R', retryInMs: 1, code: 'C', text: 't' },
      { distributionId: third, status: 'E', code: 'C', text: 't' },
    ]);
    const backlog = new BacklogCounter(login.database, { ...scope, methods: ['SMS'] });
    expect(await backlog.count()).toMatchObject({ waiting: 0, retrying: 1, error: 1 });
    expect((await distributionRow(migrated.client, first)).auditUser).toBe(login.name);
    const health = new DatabaseHealth(login.database, new SystemClock(), DELIVERY_REQUIREMENTS);
    expect(await health.check()).toMatchObject({ state: 'up' });
    await login.end();
  });

  it.each([
    `UPDATE comms_request_target_distribution SET message = ''`,
    'DELETE FROM comms_request_target_distribution',
    `INSERT INTO comms_request_target_distribution (comms_request_id) VALUES (1)`,
    'SELECT * FROM comms_request_target_distribution',
    'SELECT message FROM comms_request_target',
  ])('may not: %s', async (sql) => {
    const login = await loginAs('comms_delivery');
    await expect(login.database.run(sql)).rejects.toMatchObject({ code: 'STORE_RIGHT_MISSING' });
    await login.end();
  });
});

describe('the role comms_monitor', () => {
  it('is enough for all five tasks, to count, and to be found healthy', async () => {
    const login = await loginAs('comms_monitor');
    await insertTarget(migrated.client);
    await insert({ deliveryMethod: 'ONLINE' });
    await insert({ distributionStatus: 'R', retryDateTime: past });
    await insert({ lapsedDateTime: past });
    await insert({ timeExclusion: past });
    const store = new PostgresMonitorStore(login.database, scope);
    expect(await store.pending()).toEqual(new Set(MONITOR_TASKS));
    for (const task of MONITOR_TASKS) expect(await store.perform(task, 10)).toBeGreaterThan(0);
    const backlog = new BacklogCounter(login.database, { ...scope, methods: ['SMS', 'ONLINE'] });
    expect(await backlog.count()).toMatchObject({ lapsed: 1 });
    const health = new DatabaseHealth(login.database, new SystemClock(), MONITOR_REQUIREMENTS);
    expect(await health.check()).toMatchObject({ state: 'up' });
    await login.end();
  });

  it.each([
    `UPDATE comms_request_target SET message = ''`,
    `UPDATE comms_request_target_distribution SET sent_date_time = now()`,
    'SELECT message FROM comms_request_target_distribution',
  ])('may not: %s', async (sql) => {
    const login = await loginAs('comms_monitor');
    await expect(login.database.run(sql)).rejects.toMatchObject({ code: 'STORE_RIGHT_MISSING' });
    await login.end();
  });
});

describe.each([
  ['comms_delivery', DELIVERY_REQUIREMENTS],
  ['comms_monitor', MONITOR_REQUIREMENTS],
])('the role %s', (role, requirements) => {
  it('has the rights that its daemons need from the migrations and roles.sql together, and no other', async () => {
    const { rows } = await migrated.client.query<{ granted: string }>(
      `SELECT concat_ws(' ', privilege_type, table_name, column_name) AS granted
       FROM information_schema.column_privileges WHERE grantee = $1
       UNION SELECT concat_ws(' ', privilege_type, table_name) FROM information_schema.table_privileges
       WHERE grantee = $1`,
      [role],
    );
    expect(rows.map(({ granted }) => granted).sort()).toEqual(rightsNeeded(requirements));
  });
});

const insert = (fields: Parameters<typeof insertDistribution>[1] = {}) =>
  insertDistribution(migrated.client, fields);

/** A test's own user that has this role and nothing else. */
async function loginAs(role: string) {
  const name = `spec_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  await migrated.client.query(`CREATE ROLE ${name} LOGIN PASSWORD '${name}' IN ROLE ${role}`);
  const { href: url } = Object.assign(new URL(migrated.url), { username: name, password: name });
  const database = new Database(aDatasourceConfig({ url }), 'spec');
  const end = async () => {
    await database.stop();
    await migrated.client.query(`DROP ROLE ${name}`);
  };
  return { name, database, end };
}
