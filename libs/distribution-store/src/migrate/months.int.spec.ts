import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { SystemClock } from '@comms/daemon-runtime';
import type { QueryResult } from 'pg';
import { claimStatement } from '../claim/claim-statement.js';
import { PostgresDistributionStore } from '../claim/postgres-distribution-store.js';
import { verdictStatement } from '../claim/verdict-statement.js';
import { Database } from '../database/database.js';
import { transactionSettings } from '../database/transaction.js';
import { DatabaseHealth } from '../health/database-health.js';
import { DELIVERY_REQUIREMENTS, MONITOR_REQUIREMENTS } from '../health/schema-requirements.js';
import {
  aDatasourceConfig,
  distributionRow,
  insertDistribution,
  type MigratedDatabase,
  migratedDatabase,
  untilBlocked,
} from '../testing/index.js';
import { migrate } from './migrate.js';

const TABLE = 'comms_request_target_distribution';
const SEQUENCE = `pg_get_serial_sequence('${TABLE}', '${TABLE}_id')`;
const sqlOf = (name: string) => readFile(new URL(`../../sql/${name}.sql`, import.meta.url), 'utf8');
const [MONTHS, UNDO, ROLES, WAKE_UP] = await Promise.all(
  ['months', 'months-undo', 'roles', 'wake-up'].map(sqlOf) as [
    Promise<string>,
    Promise<string>,
    Promise<string>,
    Promise<string>,
  ],
);

let migrated: MigratedDatabase;
let database: Database;
beforeEach(async () => {
  migrated = await migratedDatabase();
  database = new Database(aDatasourceConfig({ url: migrated.url }), 'spec');
});
afterEach(async () => {
  await database.stop();
  await migrated.drop();
});

const q = async (sql: string, values: unknown[] = []) =>
  (await migrated.client.query<Record<string, unknown>>(sql, values)).rows;
const value = async (sql: string) => Object.values((await q(sql))[0] ?? {})[0];
const insert = (fields: Parameters<typeof insertDistribution>[1] = {}) =>
  insertDistribution(migrated.client, fields);
const store = (on = database) =>
  new PostgresDistributionStore(on, {
    schema: 'public',
    mode: 'send-before',
    process: 'spec',
    method: 'SMS',
  });
const thisMonth = async () => String(await value(`SELECT comms_first_id(now()) / 1000000000000`));
const partOf = async (id: string) =>
  value(`SELECT tableoid::regclass::text FROM ${TABLE} WHERE ${TABLE}_id = ${id}`);
const lines = async (call: string) => (await q(`SELECT ${call} AS line`)).map(({ line }) => line);
const parts = async () =>
  (await q(`SELECT inhrelid::regclass::text AS part FROM pg_inherits WHERE inhparent = '${TABLE}'::regclass`))
    .map(({ part }) => String(part))
    .sort();

describe('months.sql', () => {
  it('keeps rows, columns, defaults, constraints, indexes, rights, triggers and comment, and so does its undoing', async () => {
    await migrated.client.query(`${ROLES}; ${WAKE_UP};
      CREATE INDEX ours ON ${TABLE} (comms_request_id) WHERE comms_request_id > 5;
      COMMENT ON TABLE ${TABLE} IS 'it''s ours'; COMMENT ON COLUMN ${TABLE}.alias_value IS 'the sender';
      GRANT SELECT ON ${TABLE} TO pg_monitor WITH GRANT OPTION;
      GRANT USAGE ON SEQUENCE ${String(await value(`SELECT ${SEQUENCE}`))} TO pg_monitor;
      ALTER TABLE ${TABLE} DISABLE TRIGGER comms_wake_up`);
    await fill();
    const [before, rows] = [await definition(), await allRows()];

    await migrated.client.query(MONTHS);
    expect(await definition()).toEqual({ ...before, kind: 'p' });
    expect(await allRows()).toEqual(rows);
    const added = await insert();
    expect(await partOf(added)).toBe(`${TABLE}_${await thisMonth()}`);

    await migrated.client.query(UNDO);
    expect(await definition()).toEqual(before);
    expect(await allRows()).toEqual([...rows, (await allRows()).at(-1)]);
    expect(BigInt(await insert())).toBeGreaterThan(BigInt(added));
    expect(await q(`SELECT FROM pg_proc WHERE proname ~ '^comms_(make|drop|has|def|seq|first)'`)).toEqual([]);
  });

  it('gives all partitions the same indexes, one of them against two entries for one target', async () => {
    await migrated.client.query(MONTHS);
    const indexes = `SELECT indrelid::regclass::text AS part, count(*)::int, count(*) FILTER (WHERE indisunique)::int AS unique
      FROM pg_index WHERE indrelid::regclass::text ~ '${TABLE}_' GROUP BY 1`;
    expect(await q(indexes)).toEqual((await parts()).map((part) => ({ part, count: 7, unique: 2 })));
    await insert({ commsRequestTargetId: '7' });
    await expect(insert({ commsRequestTargetId: '7' })).rejects.toMatchObject({ code: '23505' });
  });

  it('changes nothing when it is run again, nor does db:migrate', async () => {
    await migrated.client.query(MONTHS);
    const once = [await definition(), await parts()];
    await migrated.client.query(MONTHS);
    await migrate(aDatasourceConfig({ url: migrated.url }), () => undefined);
    expect([await definition(), await parts()]).toEqual(once);
  });

  it('waits for a batch in hand, which is recorded, and lets the next one in', async () => {
    const [first, second] = [await insert(), await insert()];
    const claim = await store().claim(1);
    const parting = migrated.client.query(MONTHS);
    await untilBlocked(migrated.client);
    const next = store().claim(1);
    expect(await claim.record([{ distributionId: first, status: 'S' }])).toMatchObject({ changed: 1 });
    await parting;
    expect((await next).distributions).toMatchObject([{ distributionId: second }]);
    expect(await (await next).record([{ distributionId: second, status: 'S' }])).toMatchObject({
      changed: 1,
    });
  });

  it('refuses a table with what it cannot carry over, names it and changes nothing', async () => {
    const session = await migrated.client.connect();
    for (const [sql, named] of OBSTACLES) {
      await session.query(`BEGIN; ${sql}`);
      await expect(session.query(MONTHS)).rejects.toThrow(named);
      await session.query('ROLLBACK');
    }
    session.release();
    expect((await definition())['kind']).toBe('r');
  });

  it('leaves the database healthy, and rows to be claimed and recorded, with only the rights of roles.sql', async () => {
    await migrated.client.query(`${ROLES}; ${MONTHS}`);
    const distributionId = await insert();
    for (const [role, requirements] of [
      ['comms_delivery', DELIVERY_REQUIREMENTS],
      ['comms_monitor', MONITOR_REQUIREMENTS],
    ] as const) {
      const login = await loginAs(role);
      const health = new DatabaseHealth(login.database, new SystemClock(), requirements);
      expect(await health.check()).toMatchObject({ state: 'up' });
      if (role === 'comms_delivery') {
        const claim = await store(login.database).claim(1);
        expect(await claim.record([{ distributionId, status: 'S' }])).toMatchObject({ changed: 1 });
      }
      await login.end();
    }
  });

  it('plans a claim as an ordered walk of the partitions, and a record in the partition of each row', async () => {
    await fill();
    await migrated.client.query(MONTHS);
    const id = await insert();
    const limits = { maxBytes: 1e6, maxMessageBytes: 1e6 };
    const claim = claimStatement(
      { table: TABLE, setAsideTable: 'comms_set_aside', method: 'SMS', mode: 'send-before', ...limits },
      10,
    );
    const claiming = await explain(claim);
    expect(claiming).toContain('Merge Append');
    expect(claiming.match(/(Sort|Seq Scan) {2}\(/g)).toHaveLength(1); // of the batch, to count its bytes
    const { sql, values } = verdictStatement({ table: TABLE, process: 'spec' }, [
      { distributionId: id, status: 'S' },
    ]);
    const recording = await explain(sql, values);
    expect(recording.match(/Index Scan.*actual time/g)).toHaveLength(1);
    expect(recording).not.toContain('Seq Scan');
  });
});

const OBSTACLES = [
  [`CREATE VIEW seen AS SELECT * FROM ${TABLE}`, 'view or rule of seen'],
  [`CREATE TABLE other (id bigint REFERENCES ${TABLE})`, 'foreign key other_id_fkey of other'],
  [`CREATE UNIQUE INDEX ours ON ${TABLE} (distribution_reference)`, 'unique index ours'],
  [`CREATE POLICY ours ON ${TABLE} USING (true)`, 'policy ours'],
  [`CREATE PUBLICATION ours FOR TABLE ${TABLE}`, 'publication ours'],
  [
    `INSERT INTO ${TABLE} (${TABLE}_id, comms_request_id, delivery_method, distribution_status) VALUES (9e15, 1, 'SMS', 'D')`,
    'beyond',
  ],
] as const;

describe('comms_make_months', () => {
  beforeEach(() => migrated.client.query(MONTHS));

  it('makes this month and those to come once, although several sessions run it at once', async () => {
    expect(await parts()).toHaveLength(1 + 4);
    const made = await Promise.all([1, 2, 3].map(() => lines('comms_make_months(5)')));
    expect(made.flat()).toHaveLength(2);
    expect(await parts()).toHaveLength(1 + 6);
  });

  it('moves new ids into this month once, keeping their step', async () => {
    await q(`ALTER TABLE ${TABLE} ALTER ${TABLE}_id SET INCREMENT BY 8`);
    await q(`SELECT setval(${SEQUENCE}, 803)`);
    expect(await partOf(await insert())).toBe(`${TABLE}_earlier`);
    expect(await lines('comms_make_months()')).toEqual([`${TABLE}_${await thisMonth()} begun`]);
    expect(await lines('comms_make_months()')).toEqual([]);
    const id = await insert();
    expect(await partOf(id)).toBe(`${TABLE}_${await thisMonth()}`);
    expect(BigInt(id) % 8n).toBe(803n % 8n);
  });

  it('moves no ids into a month whose partition it has only just made', async () => {
    const part = `${TABLE}_${await thisMonth()}`;
    await q(`SELECT setval(${SEQUENCE}, 803)`);
    await q(`DROP TABLE ${part}`);
    expect(await lines('comms_make_months()')).toEqual([`${part} made`]);
    expect(await partOf(await insert())).toBe(`${TABLE}_earlier`);
    await q(`ALTER TABLE ${TABLE} DETACH PARTITION ${part}`);
    expect(await lines('comms_make_months()')).toEqual([]);
    const first = BigInt(await thisMonth()) * 10n ** 12n;
    await q(
      `ALTER TABLE ${TABLE} ATTACH PARTITION ${part} FOR VALUES FROM (${first}) TO (${first + 10n ** 12n})`,
    );
    expect(await lines('comms_make_months()')).toEqual([`${part} begun`]);
  });
});

describe('comms_drop_months', () => {
  const old = '2020-01-15T00:00:00Z';
  const kept = (reason: string) => [`${TABLE}_earlier kept: it has rows that are unfinished${reason}`];
  const drop = () => lines(`comms_drop_months('12 months')`);
  const partitioned = async (...rows: Parameters<typeof insert>[0][]) => {
    const ids = [];
    for (const row of rows) ids.push(await insert({ createdDateTime: old, ...row }));
    await migrated.client.query(MONTHS);
    return ids;
  };

  it('drops a month once all its rows are finished: S, P, E, or lapsed', async () => {
    await partitioned(...['S', 'P', 'E'].map((distributionStatus) => ({ distributionStatus })), {
      lapsedDateTime: old,
      timeExclusion: old,
    });
    const young = await insert();
    expect(await drop()).toEqual([`${TABLE}_earlier dropped`]);
    expect(await drop()).toEqual([]);
    expect(await parts()).not.toContain(`${TABLE}_earlier`);
    expect((await distributionRow(migrated.client, young)).distributionStatus).toBe('D');
  });

  it('refuses a month while any row of it is unfinished, or too young', async () => {
    await partitioned({ distributionStatus: 'S' });
    for (const row of [
      { distributionStatus: 'A' },
      {},
      { deliveryMethod: 'LETTER' },
      { distributionStatus: 'R', retryDateTime: old },
      { distributionStatus: 'R', deliveryMethod: 'EMAIL' },
      { lapsedDateTime: old, timeExclusion: 'infinity' },
      { lapsedDateTime: old },
      { distributionStatus: 'S', createdDateTime: new Date() },
    ]) {
      await insert({ createdDateTime: old, commsRequestTargetDistributionId: '0', ...row });
      expect(await drop()).toEqual(kept(', or too young'));
      await q(`DELETE FROM ${TABLE} WHERE ${TABLE}_id = 0`);
    }
    expect(await drop()).toEqual([`${TABLE}_earlier dropped`]);
  });

  it('keeps a month with a row that is set aside, although it has lapsed', async () => {
    const [id] = await partitioned({ lapsedDateTime: old, timeExclusion: old });
    await q(
      `INSERT INTO comms_set_aside VALUES (${id ?? ''}, 'SMS', true, 'C', 't', now(), now(), 'spec', 'spec')`,
    );
    expect(await drop()).toEqual(kept(', or too young'));
    await q('DELETE FROM comms_set_aside');
    expect(await drop()).toEqual([`${TABLE}_earlier dropped`]);
  });

  it('says nothing of months that are young, empty, or where ids are or will be', async () => {
    await partitioned({ distributionStatus: 'S', createdDateTime: new Date() });
    await insert({ distributionStatus: 'S', createdDateTime: old });
    expect(await drop()).toEqual([]);
    expect(await parts()).toHaveLength(5);
  });

  it('keeps a month in which a row was set back to D while it looked', async () => {
    const [id] = await partitioned({ distributionStatus: 'E' });
    const operator = await migrated.client.connect();
    await operator.query('BEGIN');
    await operator.query(`UPDATE ${TABLE} SET distribution_status = 'D' WHERE ${TABLE}_id = ${id ?? ''}`);
    const dropping = drop();
    await untilBlocked(migrated.client);
    await operator.query('COMMIT');
    operator.release();
    expect(await dropping).toEqual(kept(' again'));
  });

  it('gives up after two seconds of waiting for the table, and changes nothing', async () => {
    await partitioned({ distributionStatus: 'S' });
    await insert();
    const claim = await store().claim(1);
    await expect(drop()).rejects.toMatchObject({ code: '55P03' });
    await claim.release();
    expect(await parts()).toContain(`${TABLE}_earlier`);
  });

  it.each(['REPEATABLE READ', 'SERIALIZABLE'])(
    'refuses to run in a transaction that is %s',
    async (isolation) => {
      await migrated.client.query(MONTHS);
      const session = await migrated.client.connect();
      await session.query(`BEGIN ISOLATION LEVEL ${isolation}`);
      await expect(session.query(`SELECT comms_drop_months('1 year')`)).rejects.toThrow('READ COMMITTED');
      await session.query('ROLLBACK');
      session.release();
    },
  );

  it('refuses a retention below a month', async () => {
    await migrated.client.query(MONTHS);
    await expect(q(`SELECT comms_drop_months('20 days')`)).rejects.toThrow('a month at least');
  });
});

describe('the role comms_maintenance', () => {
  it('may run both, whatever its search path, and nothing else', async () => {
    await insert({ distributionStatus: 'S', createdDateTime: '2020-01-15T00:00:00Z' });
    await migrated.client.query(MONTHS);
    const login = await loginAs('comms_maintenance');
    await migrated.client.query(`ALTER ROLE ${login.name} SET search_path = pg_catalog`);
    expect((await login.database.run('SELECT public.comms_make_months(4)')).rowCount).toBe(1);
    expect((await login.database.run(`SELECT public.comms_drop_months('1 year')`)).rowCount).toBe(1);
    for (const sql of [`SELECT FROM public.${TABLE}`, `DROP TABLE public.${TABLE}`]) {
      await expect(login.database.run(sql)).rejects.toMatchObject({ code: 'STORE_RIGHT_MISSING' });
    }
    await login.end();
  });

  it('is needed: no one else may', async () => {
    await migrated.client.query(`${ROLES}; ${MONTHS}`);
    const login = await loginAs('comms_delivery');
    for (const call of ['comms_make_months()', `comms_drop_months('1 year')`]) {
      await expect(login.database.run(`SELECT ${call}`)).rejects.toMatchObject({
        code: 'STORE_RIGHT_MISSING',
      });
    }
    await login.end();
  });
});

/** Rows of all kinds, some of whose columns are empty. */
async function fill(): Promise<void> {
  await q(`INSERT INTO ${TABLE} (comms_request_id, comms_request_target_id, delivery_method, message,
      distribution_status, priority, alias_value)
    SELECT i, CASE WHEN i % 3 > 0 THEN i END, (ARRAY['PUSH', 'SMS', 'ONLINE'])[1 + i % 3], repeat('x', i),
      (ARRAY['A', 'D', 'S', 'P', 'R', 'E'])[1 + i % 6], 1 + i % 3, CASE WHEN i % 2 = 0 THEN 'alias' END
    FROM generate_series(1, 300) AS i`);
}

const allRows = () => q(`SELECT * FROM ${TABLE} ORDER BY ${TABLE}_id`);

/** All that belongs to the table, as PostgreSQL reports it. */
async function definition(): Promise<Record<string, unknown>> {
  const lists = {
    columns: `SELECT concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
        pg_get_expr(adbin, adrelid), attacl, col_description(attrelid, attnum)) FROM pg_attribute
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attrelid = $1::regclass AND attnum > 0`,
    constraints: `SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = $1::regclass`,
    indexes: `SELECT replace(replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON '), '::text, ', ', ') FROM pg_index
        WHERE indrelid = $1::regclass AND (NOT indisunique OR indisprimary)`,
    triggers: `SELECT tgenabled::text || pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = $1::regclass AND NOT tgisinternal`,
    rights: `SELECT acl::text FROM pg_class, unnest(relacl) AS acl WHERE oid = $1::regclass`,
    ids: `SELECT concat_ws(' ', relname, seqincrement, relacl) FROM pg_class JOIN pg_sequence ON seqrelid = oid
        WHERE oid = pg_get_serial_sequence($1, $1 || '_id')::regclass`,
    comment: `SELECT obj_description($1::regclass, 'pg_class')`,
    kind: `SELECT relkind FROM pg_class WHERE oid = $1::regclass`,
  };
  const found: [string, unknown][] = [];
  for (const [name, sql] of Object.entries(lists)) {
    const lines = (await q(sql, [TABLE]))
      .map((row) => String(Object.values(row)[0]).replace(CASTS, ''))
      .sort();
    found.push([name, name === 'kind' ? lines[0] : lines]);
  }
  return Object.fromEntries(found);
}

/** PostgreSQL may show the casts of a list of texts in one place or another. */
const CASTS = /::(character varying|text)(\[\])?|[()[\]]/g;

async function explain(sql: string, values: unknown[] = []): Promise<string> {
  const session = await migrated.client.connect();
  await session.query(['BEGIN', ...transactionSettings(aDatasourceConfig({ url: '' }))].join('; '));
  const { rows }: QueryResult<{ 'QUERY PLAN': string }> = await session.query(
    `EXPLAIN ANALYZE ${sql}`,
    values,
  );
  await session.query('ROLLBACK');
  session.release();
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

/** A test's own user that has this role and nothing else. */
async function loginAs(role: string) {
  const name = `spec_${new URL(migrated.url).pathname.slice(-12)}`.replaceAll('-', '_');
  await migrated.client.query(`CREATE ROLE ${name} LOGIN PASSWORD '${name}' IN ROLE ${role}`);
  const { href: url } = Object.assign(new URL(migrated.url), { username: name, password: name });
  const login = new Database(aDatasourceConfig({ url }), 'spec');
  const end = async () => {
    await login.stop();
    await migrated.client.query(`DROP ROLE ${name}`);
  };
  return { name, database: login, end };
}
