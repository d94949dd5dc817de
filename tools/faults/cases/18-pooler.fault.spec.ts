import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Daemon } from '@comms/daemon-stage';
import { eventually } from '@comms/kit';
import {
  findPgBouncer,
  ifPresent,
  type PgBouncerPool,
  startPgBouncer,
  testClassic,
} from '@comms/test-servers';
import { atEndOfCase } from '../src/case.js';
import { checkTotalQueue } from '../src/total-queue.js';
import { untilRecovered, untilTrouble } from '../src/expect-health.js';
import { FaultStage } from '../src/fault-stage.js';

jest.setTimeout(180_000);

const ROWS = 3_000;

const classic = await testClassic();
const found = await ifPresent('pgbouncer', findPgBouncer);

(found === null ? describe.skip : describe)('18 a pooler before the database', () => {
  let faults: FaultStage;
  const atEnd = atEndOfCase();
  beforeAll(async () => {
    faults = await FaultStage.open(classic, {
      'comms.back-off.initial': '1s',
      'comms.back-off.max': '30s',
      'comms.datasource.connect-timeout': '5s',
    });
  });
  afterEach(() => faults.clear());
  afterAll(() => faults.close());

  /** As many daemons behind a pooler. */
  const startBehind = async (pool: PgBouncerPool, count: number) => {
    const pooler = await startPgBouncer(await faults.stage.urlOf('push-to-handset'), pool);
    atEnd(() => pooler.process.stop());
    const properties = { 'comms.datasource.url': pooler.url };
    const daemons = await Promise.all(Array.from({ length: count }, () => faults.start(properties)));
    atEnd(() => Promise.all(daemons.map((daemon) => daemon.stop())));
    return daemons as [Daemon, ...Daemon[]];
  };

  it.each([
    ['transaction', 4],
    ['session', 4],
    ['transaction', 20],
  ] as const)('in %s mode with a pool of %i never stands still under two daemons', async (mode, size) => {
    const daemons = await startBehind({ mode, size }, 2);
    await Promise.all(daemons.map((daemon) => daemon.untilUp()));
    await faults.insert(ROWS);

    checkTotalQueue(await faults.judge(), { duplicates: 0, marked: ROWS });
    expect(await longestPause(faults)).toBeLessThan(5);
  });

  it('in transaction mode with a pool of one is named in health and log, and no row changes', async () => {
    const [daemon] = await startBehind({ mode: 'transaction', size: 1 }, 1);
    await daemon.untilUp();
    await faults.insert(30);

    const said = await untilTrouble(daemon, 'database', {
      status: 'down',
      codes: ['STORE_POOLER_EXHAUSTED'],
    });
    expect(said.text).toContain('one session for each batch in hand of all replicas, and at least one more');
    await eventually(
      'the log says so',
      () => Promise.resolve(daemon.stdout),
      (log) => /"code":"STORE_POOLER_EXHAUSTED".*at least one more/.test(log),
    );
    await faults.expectUntouched();

    await faults.clear();
    await untilRecovered(daemon);
  });
});

/** The longest time in seconds without a row sent, from the first to the last. */
async function longestPause({ stage }: FaultStage): Promise<number> {
  const { rows } = await stage.database.client.query<{ pause: number }>(`
    SELECT max(extract(epoch FROM pause))::float8 AS pause FROM (
      SELECT sent_date_time - lag(sent_date_time) OVER (ORDER BY sent_date_time) AS pause
      FROM comms_request_target_distribution) AS pauses`);
  return rows[0]?.pause ?? Infinity;
}
