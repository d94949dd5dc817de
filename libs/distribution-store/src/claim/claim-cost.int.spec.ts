import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TimeExclusionMode } from '@comms/distribution';
import type { PoolClient } from 'pg';
import { transactionSettings } from '../database/transaction-settings.js';
import { aDatasourceConfig, type MigratedDatabase, migratedDatabase } from '../testing/index.js';
import { claimStatement } from './claim-statement.js';

/** A million rows of three methods, of which 990,000 are sent; lapsed ones stand in front of those to be claimed. */
describe('what a claim of 200 rows costs', () => {
  let migrated: MigratedDatabase;
  let session: PoolClient;
  beforeAll(async () => {
    migrated = await migratedDatabase();
    session = await migrated.client.connect();
    await session.query('ALTER TABLE comms_request_target_distribution SET (autovacuum_enabled = off)');
    await insertRows(session, { count: 990_000, status: 'S' });
    await insertRows(session, { count: 1000, status: 'D' });
  }, 120_000);
  afterAll(async () => {
    session.release();
    await migrated.drop();
  });

  const walk = { index: 'comms_request_target_distribution_claim', read: 200, passedOver: 0 };

  it('is a walk over 200 entries of its index on a table without statistics', async () => {
    expect(await explainClaim(session)).toMatchObject(walk);
  });

  it('is the same walk after a rush of rows that the statistics do not know', async () => {
    await session.query('ANALYZE comms_request_target_distribution');
    await insertRows(session, { count: 200_000, status: 'D', lapsed: true, priority: 1 });
    await insertRows(session, { count: 9000, status: 'D' });
    expect(await explainClaim(session)).toMatchObject(walk);
  }, 60_000);

  it('is the same walk once the statistics know all, and reads few pages', async () => {
    await session.query('ANALYZE comms_request_target_distribution');
    const cost = await explainClaim(session);
    expect(cost).toMatchObject(walk);
    expect(cost.buffers).toBeLessThan(3 * 200);
  }, 60_000);

  it('takes less than 5 ms, with 200,000 lapsed rows in front', async () => {
    const times: number[] = [];
    for (let i = 0; i < 10; i++) times.push((await explainClaim(session)).milliseconds);
    expect(Math.min(...times)).toBeLessThan(5);
  });

  it('passes over rows whose time has not come without leaving the index, in mode send-after', async () => {
    await insertRows(session, { count: 50_000, status: 'D', priority: 1, timeExclusion: IN_A_DAY });
    expect(await explainClaim(session, 'send-after')).toMatchObject(walk);
  }, 60_000);
});

const IN_A_DAY = `now() + interval '1 day'`;

interface Rows {
  readonly count: number;
  readonly status: string;
  readonly lapsed?: boolean;
  readonly priority?: number;
  readonly timeExclusion?: string;
}

async function insertRows(session: PoolClient, rows: Rows): Promise<void> {
  const { count, status, lapsed = false, priority = 2, timeExclusion = 'NULL' } = rows;
  await session.query(`
    INSERT INTO comms_request_target_distribution
      (comms_request_id, delivery_method, message, priority, distribution_status, time_exclusion, lapsed_date_time)
    SELECT i, (ARRAY['PUSH', 'SMS', 'EXTERNAL'])[1 + i % 3], 'A text of some length', ${priority}, '${status}',
      ${lapsed ? `now() - interval '1 day', now()` : `${timeExclusion}, NULL`}
    FROM generate_series(1, ${count}) AS i`);
}

interface Cost {
  readonly index: string | undefined;
  /** Rows that came out of the index walk, and rows that its filter threw away. */
  readonly read: number;
  readonly passedOver: number;
  /** Pages of the whole claim. */
  readonly buffers: number;
  readonly milliseconds: number;
}

async function explainClaim(session: PoolClient, mode: TimeExclusionMode = 'send-before'): Promise<Cost> {
  const claim = claimStatement(
    { table: 'comms_request_target_distribution', method: 'PUSH', mode, maxBytes: 16_777_216 },
    200,
  );
  const settings = transactionSettings(aDatasourceConfig({ url: '' }));
  await session.query(`BEGIN; ${settings}`);
  const { rows } = await session.query<{ 'QUERY PLAN': [Explained] }>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${claim}`,
  );
  await session.query('ROLLBACK');
  const [explained] = rows[0]?.['QUERY PLAN'] ?? [];
  if (!explained) throw new Error('no plan');
  const scan = nodesOf(explained.Plan).find((node) => node['Relation Name'] !== undefined);
  return {
    index: scan?.['Index Name'],
    read: scan?.['Actual Rows'] ?? 0,
    passedOver: scan?.['Rows Removed by Filter'] ?? 0,
    buffers: explained.Plan['Shared Hit Blocks'] + explained.Plan['Shared Read Blocks'],
    milliseconds: explained['Execution Time'],
  };
}

interface Explained {
  readonly Plan: PlanNode;
  readonly 'Execution Time': number;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
