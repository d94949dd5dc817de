import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { countOf, type Daemon } from '@comms/daemon-stage';
import { eventually } from '@comms/kit';
import { testClassic } from '@comms/test-servers';
import { checkTotalQueue } from '../src/total-queue.js';
import { FaultStage } from '../src/fault-stage.js';
import { LONG } from '../src/case.js';
import { frameDown, frameUp } from '../src/proxy/moments.js';

jest.setTimeout(180_000);

const ROWS = 10_000;
/** No larger than a first batch. */
const BATCH = 50;

const classic = await testClassic();

describe('12 replicas', () => {
  let faults: FaultStage;
  const daemons: Daemon[] = [];
  beforeAll(async () => {
    faults = await FaultStage.open(classic, {
      'comms.handset.monitor.extract.batch-size': BATCH,
      'comms.broker.receipt-timeout': '25s',
      'comms.datasource.idle-in-transaction-timeout': '2m',
    });
  });
  afterEach(async () => {
    const ends = daemons.splice(0).filter(({ hasEnded }) => !hasEnded);
    expect(await Promise.all(ends.map((daemon) => daemon.stop()))).toEqual(ends.map(() => 0));
    await faults.clear();
  });
  afterAll(() => faults.close());

  const startUp = async (count: number) => {
    const started = await Promise.all(Array.from({ length: count }, () => faults.startUp()));
    daemons.push(...started);
    return started;
  };
  const delivered = (isIt: (count: number) => boolean) =>
    eventually('so many rows are delivered', () => countOf(faults.stage.database.client, 'S'), isIt);

  it.each(LONG ? [2, 3, 4] : [2, 4])(
    'of %i daemons on the same 10,000 rows put each row once',
    async (count) => {
      await startUp(count);
      await faults.insert(ROWS);

      checkTotalQueue(await faults.judge());
    },
  );

  it('that are replaced one after the other in the middle of a backlog lose and repeat nothing', async () => {
    const old = await startUp(2);
    await faults.insert(ROWS);
    await delivered((count) => count > 0);

    for (const daemon of old) {
      await startUp(1);
      expect(await daemon.stop()).toBe(0);
    }

    checkTotalQueue(await faults.judge());
  });

  it('of which one is killed hand its rows to the other in under 10 seconds, and not before it is dead', async () => {
    const [killed] = (await startUp(1)) as [Daemon];
    const hold = faults.toBroker.hold(frameDown('RECEIPT'));
    await faults.insert(BATCH);
    await hold.reached;
    const [other] = (await startUp(1)) as [Daemon];
    await other.untilIdle();
    await faults.expectUntouched();

    killed.signal('SIGKILL');
    const killedAt = Date.now();
    hold.release('reset');
    await faults.untilDrained();
    expect(Date.now() - killedAt).toBeLessThan(10_000);

    checkTotalQueue(await faults.judge(), { duplicates: BATCH });
  });

  it('of which one is asked to end hand its rows over at once', async () => {
    const [old] = (await startUp(1)) as [Daemon];
    const hold = faults.toBroker.hold(frameUp('BEGIN'));
    await faults.insert(BATCH);
    await hold.reached;
    await startUp(1);

    const stopped = old.stop();
    hold.release('reset');
    const end = await stopped;
    const endedAt = Date.now();
    await faults.untilDrained();

    expect(end).toBe(0);
    expect(Date.now() - endedAt).toBeLessThan(3_000);
    checkTotalQueue(await faults.judge(), { duplicates: 0, marked: BATCH });
  });
});
