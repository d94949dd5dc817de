import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Daemon } from '@comms/daemon-stage';
import { startPostgres, testClassic } from '@comms/test-servers';
import { Client } from 'pg';
import { checkTotalQueue } from '../src/total-queue.js';
import { untilRecovered, untilTrouble } from '../src/expect-health.js';
import { FaultStage } from '../src/fault-stage.js';
import { ownDatabase } from '../src/database.js';
import { CLAIM, COMMIT, COMMITTED, UPDATE } from '../src/proxy/moments.js';

jest.setTimeout(120_000);

const ROWS = 30;
const BATCH = 10;

const classic = await testClassic();
const postgres = await startPostgres();

/** Where the daemon is held when the database strikes, and how many messages may be put again. */
const MOMENTS = [
  ['at the claim', () => CLAIM, 0],
  ['at the update', () => UPDATE, BATCH],
  ['at the commit', () => COMMIT, BATCH],
  ['after the commit, before its response', () => COMMITTED, 0],
] as const;

const GONE = {
  status: 'down',
  codes: ['STORE_UNREACHABLE', 'STORE_CONNECTION_LOST', 'HEALTH_CHECK_LATE'],
} as const;

describe('10 the database', () => {
  let faults: FaultStage;
  let daemon: Daemon;
  beforeAll(async () => {
    faults = await FaultStage.open(
      classic,
      { 'comms.handset.monitor.extract.batch-size': BATCH },
      ownDatabase(postgres),
    );
    daemon = await faults.startUp();
  });
  afterEach(() => faults.clear());
  afterAll(async () => {
    await faults.close();
    await postgres.process.stop();
  });

  const admin = (sql: string) => faults.stage.database.client.query(sql);

  it.each(MOMENTS)('killed %s loses nothing', async (_, held, duplicates) => {
    const hold = faults.toDatabase.hold(held());
    await faults.insert(ROWS);
    await hold.reached;

    await postgres.process.signal('SIGKILL');
    hold.release('reset');
    await untilTrouble(daemon, 'database', GONE);
    await postgres.process.restart();

    await untilRecovered(daemon);
    checkTotalQueue(await faults.judge(), { duplicates, marked: BATCH });
    expect(daemon.hasEnded).toBe(false);
  });

  it.each(MOMENTS.slice(1))(
    'that ends the session %s, with its locks, loses nothing',
    async (_, held, duplicates) => {
      const hold = faults.toDatabase.hold(held());
      await faults.insert(ROWS);
      await hold.reached;

      await admin(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'push-to-handset'`,
      );
      hold.release('reset');

      checkTotalQueue(await faults.judge(), { duplicates, marked: BATCH });
      await untilRecovered(daemon);
    },
  );

  it('that fails over to a read-only server is reported, and changes no row', async () => {
    const hold = faults.toDatabase.hold(CLAIM);
    await faults.insert(ROWS);
    await admin('ALTER DATABASE postgres SET default_transaction_read_only = on');
    hold.release('reset');
    faults.toDatabase.reset();
    await untilTrouble(daemon, 'database', { status: 'down', codes: ['STORE_READ_ONLY'] });
    await daemon.untilHealth('has tried', ({ lastError }) => lastError?.code === 'STORE_READ_ONLY');
    await faults.expectUntouched();

    await admin('ALTER DATABASE postgres SET default_transaction_read_only = off');
    faults.toDatabase.reset();
    await untilRecovered(daemon);
    checkTotalQueue(await faults.judge());
  });

  it('that has no connection left is reported, and heals by itself', async () => {
    await faults.toDatabase.refuse();
    const sessions = await allSessions(postgres.url);
    await faults.toDatabase.accept();
    await untilTrouble(daemon, 'database', { status: 'down', codes: ['STORE_OUT_OF_RESOURCES'] });

    await Promise.all(sessions.map((session) => session.end()));
    await untilRecovered(daemon);
    await faults.insert(ROWS);
    checkTotalQueue(await faults.judge());
  });

  it('that gives no response is waited for no longer than the limits', async () => {
    const endStall = faults.toDatabase.stall();
    await untilTrouble(daemon, 'database', {
      status: 'down',
      codes: ['HEALTH_CHECK_LATE', 'STORE_UNREACHABLE'],
    });
    await faults.insert(ROWS);

    endStall();
    await untilRecovered(daemon);
    checkTotalQueue(await faults.judge());
  });
});

/** Takes every connection that a server gives. */
async function allSessions(url: string): Promise<Client[]> {
  const sessions: Client[] = [];
  for (;;) {
    const session = new Client({ connectionString: url });
    session.on('error', () => undefined);
    try {
      await session.connect();
      sessions.push(session);
    } catch {
      return sessions;
    }
  }
}
