import { afterEach, describe, expect, it } from '@jest/globals';
import { type FailedCycle, Poller, SystemClock } from '@comms/daemon-runtime';
import { eventually } from '@comms/daemon-runtime/testing';
import {
  findPgBouncer,
  ifPresent,
  type OwnPgBouncer,
  type PgBouncerPool,
  startPgBouncer,
} from '@comms/test-servers';
import { PostgresDistributionStore } from '../claim/postgres-distribution-store.js';
import { DatabaseHealth } from '../health/database-health.js';
import { DELIVERY_REQUIREMENTS } from '../health/schema-requirements.js';
import { migratedSuite, untilBlocked } from '../testing/index.js';
import type { Database } from './database.js';

const found = await ifPresent('pgbouncer', findPgBouncer);
const describeBehindPooler = found === null ? describe.skip : describe;

const suite = migratedSuite('push-to-handset');
const { open, insert, row } = suite;
const poolers: OwnPgBouncer[] = [];
afterEach(async () => {
  await Promise.all(poolers.splice(0).map(({ process }) => process.stop()));
});

const MODES = ['transaction', 'session'] as const;
const EXHAUSTED = { code: 'STORE_POOLER_EXHAUSTED', retryable: true };

describeBehindPooler('batches behind a pooler', () => {
  it.each(MODES)('that wait for each other give up one by one, in %s mode', async (mode) => {
    const behind = await openBehind({ mode, size: 4 }, { connectTimeout: 2000 });
    const ids = [await insert(), await insert(), await insert(), await insert()];
    const store = storeOn(behind);
    const claims = await Promise.all(ids.map(() => store.claim(1)));

    const announced = await Promise.allSettled(
      claims.map((claim) => claim.announce(claim.distributions.map((each) => each.distributionId))),
    );
    await Promise.all(claims.map((claim) => claim.release()));

    const refused = announced.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(4);
    for (const each of refused) expect(each).toMatchObject({ reason: EXHAUSTED });
    expect(new Set(await Promise.all(ids.map(async (id) => (await row(id)).distributionStatus)))).toEqual(
      new Set(['D']),
    );
  });

  it.each(MODES)('never come through a pool of one in %s mode, and health says why', async (mode) => {
    const behind = await openBehind({ mode, size: 1 }, { connectTimeout: 2000 });
    const id = await insert();
    const claim = await storeOn(behind).claim(1);
    await expect(claim.announce([id])).rejects.toMatchObject(EXHAUSTED);
    await claim.release();

    expect(await healthOf(behind).check()).toMatchObject({
      state: 'down',
      code: 'STORE_POOLER_EXHAUSTED',
      text: expect.stringContaining(
        'one session for each batch in hand of all replicas, and at least one more',
      ) as unknown,
    });
    expect((await behind.run('SELECT 1')).rowCount).toBe(1);

    await suite.client.query('DELETE FROM comms_request_target_distribution');
    await (await storeOn(behind).claim(1)).release();
    expect(await healthOf(behind).check()).toMatchObject({ state: 'up' });
  });

  it.each([
    ['transaction', 4],
    ['session', 4],
    ['transaction', 3],
  ] as const)(
    'of two daemons get through a backlog in %s mode with a pool of %i',
    async (mode, size) => {
      const pooler = await poolerOf({ mode, size });
      await insertMany(3000);
      const { longestPauseMs } = await drained([open({ url: pooler.url }), open({ url: pooler.url })]);
      expect(longestPauseMs).toBeLessThan(5000);
    },
    120_000,
  );

  it.each(MODES)(
    'of two daemons never fail in %s mode with a pool that is large enough',
    async (mode) => {
      const pooler = await poolerOf({ mode, size: 20 });
      await insertMany(3000);
      const { failures } = await drained([open({ url: pooler.url }), open({ url: pooler.url })]);
      expect(failures).toEqual([]);
    },
    60_000,
  );

  it('give up once a statement that kept the database busy at the first look has ended', async () => {
    const behind = await openBehind({ mode: 'transaction', size: 1 }, { connectTimeout: 2000 });
    const id = await insert();
    const claim = await storeOn(behind).claim(1);
    const busy = suite.client.query('SELECT pg_sleep(3) /* comms_put_announcement */');
    const announced = claim.announce([id]);
    await expect(announced).rejects.toMatchObject(EXHAUSTED);
    await busy;
    await claim.release();
  });

  it.each([
    ['behind a pooler', () => poolerOf({ mode: 'transaction', size: 4 })],
    ['without one', () => Promise.resolve({ url: suite.url })],
  ])('wait for a database that is slow itself, %s', async (_, where) => {
    const database = open({ url: (await where()).url, connectTimeout: 2000 });
    const id = await insert();
    const claim = await storeOn(database).claim(1);
    const other = await suite.client.connect();
    await other.query('BEGIN; LOCK TABLE comms_put_announcement');
    const announced = claim.announce([id]);
    await untilBlocked(suite.client);
    await other.query('SELECT pg_sleep(3); ROLLBACK');
    other.release();
    expect(await announced).toEqual(new Set());
    await claim.release();
  });
});

describeBehindPooler('a wake-up behind a pooler', () => {
  it('is heard in session mode', async () => {
    const behind = await openBehind({ mode: 'session', size: 2 });
    let heard = 0;
    const listening = await behind.listen('channel', () => (heard += 1));
    await suite.client.query('NOTIFY channel');
    await eventually(() => heard === 1);
    listening.end();
  });

  it('gets lost in transaction mode, without an error', async () => {
    const behind = await openBehind({ mode: 'transaction', size: 2 });
    let heard = 0;
    const listening = await behind.listen('channel', () => (heard += 1));
    await suite.client.query('NOTIFY channel');
    await behind.run('SELECT 1');
    expect(heard).toBe(0);
    listening.end();
    expect(await listening.ended).toMatchObject({ code: 'STORE_CONNECTION_LOST' });
  });
});

async function poolerOf(pool: PgBouncerPool): Promise<OwnPgBouncer> {
  const pooler = await startPgBouncer(suite.url, pool);
  poolers.push(pooler);
  return pooler;
}

async function openBehind(pool: PgBouncerPool, overrides = {}): Promise<Database> {
  return open({ url: (await poolerOf(pool)).url, ...overrides });
}

function storeOn(database: Database): PostgresDistributionStore {
  return new PostgresDistributionStore(database, {
    schema: 'public',
    method: 'SMS',
    mode: 'send-before',
    process: 'spec',
  });
}

function healthOf(database: Database): DatabaseHealth {
  return new DatabaseHealth(database, new SystemClock(), DELIVERY_REQUIREMENTS);
}

function insertMany(rows: number): Promise<unknown> {
  return suite.client.query(`
    INSERT INTO comms_request_target_distribution (comms_request_id, delivery_method, target, message, distribution_status)
    SELECT g, 'SMS', '+15550100', 'text', 'D' FROM generate_series(1, ${rows}) AS g`);
}

/** Has each database work off the backlog as a daemon does, with three batches in hand. */
async function drained(databases: readonly Database[]) {
  const failures: FailedCycle[] = [];
  let lastMs = performance.now();
  let longestPauseMs = 0;
  const progressed = () => {
    longestPauseMs = Math.max(longestPauseMs, performance.now() - lastMs);
    lastMs = performance.now();
  };
  const observer = {
    cycleStarted: () => undefined,
    cycleFinished: () => undefined,
    cycleFailed: (cycle: FailedCycle) => failures.push(cycle),
  };
  const pacing = {
    backOff: { initialMs: 1000, maxMs: 30_000 },
    clock: new SystemClock(),
    random: Math.random,
    stuckAfterMs: 60_000,
    pollsAtOnce: 3,
  };
  const pollers = databases.map((database) => {
    const store = storeOn(database);
    return new Poller(() => batch(store, progressed), observer, pacing);
  });
  for (const poller of pollers) poller.beat();
  await eventually(async () => {
    for (const poller of pollers) poller.beat();
    return (await waiting()) === 0;
  }, 100_000);
  await Promise.all(pollers.map((poller) => poller.stop()));
  return { failures: failures.flatMap(({ causes }) => causes), longestPauseMs };
}

async function batch(store: PostgresDistributionStore, progressed: () => void): Promise<'more' | 'idle'> {
  const claim = await store.claim(10);
  try {
    const ids = claim.distributions.map(({ distributionId }) => distributionId);
    if (ids.length === 0) return 'idle';
    await claim.announce(ids);
    await claim.record(ids.map((distributionId) => ({ distributionId, status: 'S' })));
    progressed();
    return claim.more ? 'more' : 'idle';
  } finally {
    await claim.release();
  }
}

async function waiting(): Promise<number> {
  const { rows } = await suite.client.query<{ count: string }>(
    `SELECT count(*) FROM comms_request_target_distribution WHERE distribution_status = 'D'`,
  );
  return Number(rows[0]?.count);
}
