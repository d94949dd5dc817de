import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DELIVERY_METHODS, type TimeExclusionMode } from '@comms/distribution';
import { MONITOR_TASKS } from '@comms/delivery';
import type { PoolClient } from 'pg';
import { claimStatement } from './claim/claim-statement.js';
import { verdictStatement } from './claim/verdict-statement.js';
import { transactionSettings } from './database/transaction.js';
import { countStatement } from './health/count-statement.js';
import { monitorStatements, pendingStatement } from './monitor/monitor-statements.js';
import { tableNames } from './tables.js';
import { aDatasourceConfig, type MigratedDatabase, migratedDatabase } from './testing/index.js';

const TABLE = 'comms_request_target_distribution';
const CLAIM_INDEX = `${TABLE}_claim`;
const SETTINGS = transactionSettings(aDatasourceConfig({ url: '' })).join('; ');
const CLAIM_SCOPE = {
  table: TABLE,
  setAsideTable: 'comms_set_aside',
  method: 'PUSH',
  maxBytes: 16_777_216,
  maxMessageBytes: 4_194_304,
} as const;
const SCOPE = { tables: tableNames('public'), mode: 'send-before', process: 'spec' } as const;

let migrated: MigratedDatabase;
let session: PoolClient;

/** A million rows of three methods, of which 990,000 are sent. */
beforeAll(async () => {
  migrated = await migratedDatabase();
  session = await migrated.client.connect();
  await session.query(`ALTER TABLE ${TABLE} SET (autovacuum_enabled = off)`);
  await insertRows({ count: 990_000, status: 'S' });
  await insertRows({ count: 1000, status: 'D' });
}, 120_000);
afterAll(async () => {
  session.release();
  await migrated.drop();
});

describe('a claim of 200 rows', () => {
  const walk = { index: CLAIM_INDEX, read: 200, skipped: 0 };

  it('is a walk over 200 entries of its index on a table without statistics', async () => {
    expect(await claimCost()).toMatchObject(walk);
  });

  it('is the same walk after a rush of rows that the statistics do not know', async () => {
    await session.query(`ANALYZE ${TABLE}`);
    await insertRows({ count: 200_000, status: 'D', lapsed: true, priority: 1 });
    await insertRows({ count: 9000, status: 'D' });
    expect(await claimCost()).toMatchObject(walk);
  }, 60_000);

  it('is the same walk once the statistics know all, and reads few pages', async () => {
    await session.query(`ANALYZE ${TABLE}`);
    const cost = await claimCost();
    expect(cost).toMatchObject(walk);
    expect(cost.buffers).toBeLessThan(3 * 200);
  }, 60_000);

  it('is recorded by the primary key', async () => {
    const { rows } = await session.query<{
      id: string;
    }>(`SELECT comms_request_target_distribution_id AS id FROM ${TABLE}
      WHERE delivery_method = 'PUSH' AND distribution_status = 'D' AND lapsed_date_time IS NULL LIMIT 200`);
    const [first, ...others] = rows.map(({ id }) => ({ distributionId: id, status: 'S' }) as const);
    if (!first) throw new Error('no rows');
    const { sql, values } = verdictStatement({ table: TABLE, process: 'spec' }, [first, ...others]);
    const [scan] = scansOf(await explain(sql, values));
    expect(scan).toMatchObject({ 'Index Name': `${TABLE}_pkey`, 'Actual Loops': 200 });
  });
});

describe('10,000 rows at the head of the queue that are set aside', () => {
  const SET_ASIDE = 'comms_set_aside';
  beforeAll(async () => {
    await insertRows({ count: 30_000, status: 'D', priority: 1 });
    await session.query(`
      INSERT INTO ${SET_ASIDE} SELECT comms_request_target_distribution_id, delivery_method, true, 'C', 't',
        now() - interval '1 day', now(), 'spec', 'spec'
      FROM ${TABLE} WHERE priority = 1 AND distribution_status = 'D' AND lapsed_date_time IS NULL`);
  }, 60_000);
  afterAll(async () => {
    await session.query(`
      DELETE FROM ${TABLE} WHERE comms_request_target_distribution_id IN
        (SELECT comms_request_target_distribution_id FROM ${SET_ASIDE}); TRUNCATE ${SET_ASIDE}`);
  });

  it('are skipped in the walk of the claim, and read once', async () => {
    const { Plan: plan } = await explain(claimStatement({ ...CLAIM_SCOPE, mode: 'send-before' }, 200));
    expect(scansOf({ Plan: plan, 'Execution Time': 0 })).toMatchObject([
      { 'Index Name': CLAIM_INDEX, 'Actual Rows': 200, 'Rows Removed by Filter': 10_000 },
      { 'Index Name': `${SET_ASIDE}_method`, 'Actual Loops': 1 },
    ]);
  });

  it('cost a claim few pages', async () => {
    expect((await claimCost()).buffers).toBeLessThan(3 * 200 + 1_500);
  });
});

describe('comms-monitor', () => {
  const statements = monitorStatements(SCOPE);

  it('asks whether there is work in few pages, however many rows wait or have lapsed', async () => {
    const { Plan: plan } = await explain(pendingStatement(statements));
    expect(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']).toBeLessThan(50);
  });

  it.each([
    ['create-entries', 'comms_request_target_pending'],
    ['publish-online', CLAIM_INDEX],
    ['release-retries', `${TABLE}_retry`],
    ['clear-lapsed', `${TABLE}_lapsed`],
    ['mark-lapsed', `${TABLE}_lapsing`],
  ] as const)('finds the rows of %s in the index %s, and does the task from there', async (task, index) => {
    const performing = scansOf(await explain(statements[task].performSql(100)));
    const asking = scansOf(await explain(pendingStatement(statements)))[MONITOR_TASKS.indexOf(task)];
    expect(performing[0]).toMatchObject({ 'Index Name': index });
    expect(asking).toMatchObject({ 'Index Name': index });
  });
});

describe('the backlog', () => {
  it('is counted only from the partial indexes', async () => {
    const statement = countStatement({ schema: 'public', mode: 'send-before', methods: DELIVERY_METHODS });
    const scans = scansOf(await explain(statement));
    const ofRows = scans.filter((scan) => scan['Index Name'] !== 'comms_set_aside_method');
    expect(ofRows.map((scan) => scan['Index Name'])).toEqual([
      CLAIM_INDEX,
      `${TABLE}_retry`,
      `${TABLE}_error`,
      `${TABLE}_lapsed`,
      CLAIM_INDEX,
    ]);
    expect(ofRows.slice(0, 4).map((scan) => scan['Node Type'])).toEqual(Array(4).fill('Index Only Scan'));
  });
});

describe('a claim in mode send-after', () => {
  it('skips rows whose time has not come without leaving the index', async () => {
    const timeExclusion = `now() + interval '1 day'`;
    await insertRows({ count: 50_000, status: 'D', priority: 1, timeExclusion });
    expect(await claimCost('send-after')).toMatchObject({ index: CLAIM_INDEX, read: 200, skipped: 0 });
  }, 60_000);
});

interface Rows {
  readonly count: number;
  readonly status: string;
  readonly lapsed?: boolean;
  readonly priority?: number;
  readonly timeExclusion?: string;
}

async function insertRows(rows: Rows): Promise<void> {
  const { count, status, lapsed = false, priority = 2, timeExclusion = 'NULL' } = rows;
  await session.query(`
    INSERT INTO ${TABLE}
      (comms_request_id, delivery_method, message, priority, distribution_status, time_exclusion, lapsed_date_time)
    SELECT i, (ARRAY['PUSH', 'SMS', 'EXTERNAL'])[1 + i % 3], 'A text of some length', ${priority}, '${status}',
      ${lapsed ? `now() - interval '1 day', now()` : `${timeExclusion}, NULL`}
    FROM generate_series(1, ${count}) AS i`);
}

interface ClaimCost {
  readonly index: string | undefined;
  /** Rows that came out of the index walk, and rows that its filter threw away. */
  readonly read: number;
  readonly skipped: number;
  /** Pages of the whole claim. */
  readonly buffers: number;
}

async function claimCost(mode: TimeExclusionMode = 'send-before'): Promise<ClaimCost> {
  const scope = { ...CLAIM_SCOPE, mode };
  const explained = await explain(claimStatement(scope, 200));
  const [scan] = scansOf(explained);
  return {
    index: scan?.['Index Name'],
    read: scan?.['Actual Rows'] ?? 0,
    skipped: scan?.['Rows Removed by Filter'] ?? 0,
    buffers: explained.Plan['Shared Hit Blocks'] + explained.Plan['Shared Read Blocks'],
  };
}

/** Runs a statement with the settings of the store, and takes back what it changes. */
async function explain(sql: string, values?: unknown[]): Promise<Explained> {
  await session.query(`BEGIN; ${SETTINGS}`);
  const { rows } = await session.query<{ 'QUERY PLAN': [Explained] }>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`,
    values,
  );
  await session.query('ROLLBACK');
  const [explained] = rows[0]?.['QUERY PLAN'] ?? [];
  if (!explained) throw new Error('no plan');
  return explained;
}

interface Explained {
  readonly Plan: PlanNode;
  readonly 'Execution Time': number;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

/** What reads a table or an index, in the order of the plan. */
function scansOf({ Plan: plan }: Explained): PlanNode[] {
  return nodesOf(plan).filter((node) => /^(Seq|Index|Index Only|Bitmap Heap) Scan$/.test(node['Node Type']));
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
