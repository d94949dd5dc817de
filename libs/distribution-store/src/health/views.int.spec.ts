import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SystemClock } from '@comms/daemon-runtime';
import { MONITOR_TASKS } from '@comms/delivery';
import { PostgresDistributionStore } from '../claim/postgres-distribution-store.js';
import { Database } from '../database/database.js';
import { migrate } from '../migrate/migrate.js';
import { PostgresMonitorStore } from '../monitor/postgres-monitor-store.js';
import { aDatasourceConfig, type MigratedDatabase, migratedDatabase } from '../testing/index.js';
import { BacklogCounter } from './backlog-counter.js';
import { DatabaseHealth } from './database-health.js';
import { DELIVERY_REQUIREMENTS, MONITOR_REQUIREMENTS } from './schema-requirements.js';

const TABLES = {
  comms_request_target: 'TRGT',
  comms_request_target_distribution: 'TRGT_DISTRIBUTION',
};

let migrated: MigratedDatabase;
let database: Database;
beforeAll(async () => {
  migrated = await migratedDatabase();
  await moveBehindViews();
  await migrate(aDatasourceConfig({ url: migrated.url, schema: 'views' }), () => undefined);
  database = new Database(aDatasourceConfig({ url: migrated.url, schema: 'views' }), 'spec');
});
afterAll(async () => {
  await database.stop();
  await migrated.drop();
});

const scope = { schema: 'views', mode: 'send-before', process: 'spec' } as const;
const q = (sql: string) => migrated.client.query<Record<string, unknown>>(sql);

describe('a database with its own names, reached through views', () => {
  it('is found healthy once it is migrated, which makes what has no view yet', async () => {
    for (const requirements of [DELIVERY_REQUIREMENTS, MONITOR_REQUIREMENTS]) {
      const health = new DatabaseHealth(database, new SystemClock(), requirements);
      expect(await health.check()).toMatchObject({ state: 'up' });
    }
  });

  it('lets comms-monitor do its five tasks', async () => {
    await q(`INSERT INTO "LEGACY"."TRGT" ("X_COMMS_REQUEST_ID", "X_DELIVERY_METHOD", "X_MERGE_DATE_TIME")
      VALUES (1, 'SMS', now())`);
    await q(`INSERT INTO "LEGACY"."TRGT_DISTRIBUTION" ("X_COMMS_REQUEST_ID", "X_DELIVERY_METHOD",
        "X_DISTRIBUTION_STATUS", "X_RETRY_DATE_TIME", "X_LAPSED_DATE_TIME", "X_TIME_EXCLUSION")
      VALUES (2, 'ONLINE', 'D', NULL, NULL, NULL), (3, 'SMS', 'R', now(), NULL, NULL),
        (4, 'SMS', 'D', NULL, now(), NULL), (5, 'SMS', 'D', NULL, NULL, now() - interval '1 day')`);
    const store = new PostgresMonitorStore(database, scope);
    expect(await store.pending()).toEqual(new Set(MONITOR_TASKS));
    for (const task of MONITOR_TASKS) expect(await store.perform(task, 10)).toBe(1);
    expect(await statuses()).toEqual({ 1: 'D', 2: 'P', 3: 'D', 4: 'D', 5: 'D' });
  });

  it('lets rows be counted, claimed, announced and recorded', async () => {
    const backlog = new BacklogCounter(database, { ...scope, methods: ['SMS'] });
    expect(await backlog.count()).toMatchObject({ waiting: 3, lapsed: 1, retrying: 0, error: 0 });
    const claim = await new PostgresDistributionStore(database, { ...scope, method: 'SMS' }).claim(10);
    const [one, three, four] = [...claim.distributions].sort(
      (a, b) => Number(a.commsRequestId) - Number(b.commsRequestId),
    );
    expect(await claim.announce(claim.distributions.map(({ distributionId }) => distributionId))).toEqual(
      new Set(),
    );
    const changed = await claim.record([
      { distributionId: one?.distributionId ?? '', status: 'S' },
      { distributionId: three?.distributionId ?? '', status: 'R', retryInMs: 1, code: 'C', text: 't' },
      { distributionId: four?.distributionId ?? '', status: 'E', code: 'C', text: 't' },
    ]);
    expect(changed).toEqual({ changed: 3, failed: [], setAside: [] });
    expect(await statuses()).toEqual({ 1: 'S', 2: 'P', 3: 'R', 4: 'E', 5: 'D' });
  });

  it('sets a row aside whose record a trigger of the view ignores', async () => {
    await q(`CREATE FUNCTION views.ignore() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
      CREATE TRIGGER ignore INSTEAD OF UPDATE ON views.comms_request_target_distribution
        FOR EACH ROW EXECUTE FUNCTION views.ignore();
      INSERT INTO "LEGACY"."TRGT_DISTRIBUTION" ("X_COMMS_REQUEST_ID", "X_DELIVERY_METHOD", "X_DISTRIBUTION_STATUS")
        VALUES (6, 'SMS', 'D')`);
    const store = new PostgresDistributionStore(database, { ...scope, method: 'SMS' });
    const claim = await store.claim(10);
    const ids = claim.distributions.map(({ distributionId }) => distributionId);
    expect(ids).toHaveLength(1);
    const recorded = await claim.record(ids.map((distributionId) => ({ distributionId, status: 'S' })));
    expect(recorded).toEqual({ changed: 0, failed: [], setAside: ids });
    const next = await store.claim(10);
    expect(next.distributions).toEqual([]);
    await next.release();
  });
});

async function statuses(): Promise<Record<string, unknown>> {
  const { rows } = await q(`SELECT "X_COMMS_REQUEST_ID" AS id, "X_DISTRIBUTION_STATUS" AS status
    FROM "LEGACY"."TRGT_DISTRIBUTION"`);
  return Object.fromEntries(rows.map(({ id, status }) => [String(id), status]));
}

/** Gives the tables, their columns and their schema other names, and the old names to views. */
async function moveBehindViews(): Promise<void> {
  await q('CREATE SCHEMA "LEGACY"; CREATE SCHEMA views');
  for (const [view, table] of Object.entries(TABLES)) {
    const { rows } = await q(
      `SELECT attname FROM pg_attribute WHERE attrelid = '${view}'::regclass AND attnum > 0`,
    );
    const columns = rows.map(({ attname }) => String(attname));
    await q(`ALTER TABLE ${view} SET SCHEMA "LEGACY"; ALTER TABLE "LEGACY".${view} RENAME TO "${table}"`);
    for (const column of columns) {
      await q(`ALTER TABLE "LEGACY"."${table}" RENAME ${column} TO "X_${column.toUpperCase()}"`);
    }
    const selected = columns.map((column) => `"X_${column.toUpperCase()}" AS ${column}`);
    await q(`CREATE VIEW views.${view} AS SELECT ${selected.join(', ')} FROM "LEGACY"."${table}"`);
  }
}
