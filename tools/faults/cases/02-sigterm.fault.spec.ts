import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { countOf, type Daemon } from '@comms/daemon-stage';
import { testClassic } from '@comms/test-servers';
import { checkTotalQueue } from '../src/total-queue.js';
import { FaultStage } from '../src/fault-stage.js';
import { frameDown, frameUp } from '../src/proxy/moments.js';

jest.setTimeout(120_000);

const ROWS = 30;
const BATCH = 10;
const DRAIN_LIMIT_MS = 2_000;
/** For connections to be closed. */
const CLOSING_MS = 3_000;

const classic = await testClassic();

describe('2 SIGTERM', () => {
  let faults: FaultStage;
  let daemon: Daemon;
  beforeEach(async () => {
    faults = await FaultStage.open(classic, {
      'comms.handset.monitor.extract.batch-size': BATCH,
      'comms.broker.receipt-timeout': '15s',
      'comms.datasource.idle-in-transaction-timeout': '90s',
      'comms.shutdown.drain-limit': `${DRAIN_LIMIT_MS}ms`,
    });
    daemon = await faults.startUp();
  });
  afterEach(() => faults.close());

  it('in a batch lets it end, and takes no other', async () => {
    const hold = faults.toBroker.hold(frameDown('RECEIPT'));
    await faults.insert(ROWS);
    await hold.reached;

    const ended = daemon.stop();
    await daemon.untilHealth('is stopping', ({ status }) => status === 'stopping');
    expect((await daemon.get('/health/ready')).code).toBe(503);
    hold.release();

    expect(await ended).toBe(0);
    expect(await countOf(faults.stage.database.client, 'S')).toBe(BATCH);
    await faults.startUp();
    checkTotalQueue(await faults.judge());
  });

  it.each([
    ['before COMMIT', () => frameUp('COMMIT'), 0],
    ['after COMMIT, before its receipt', () => frameDown('RECEIPT'), BATCH],
  ])('while the broker hangs %s gives the batch up inside the drain limit', async (_, held, duplicates) => {
    const hold = faults.toBroker.hold(held());
    await faults.insert(ROWS);
    await hold.reached;

    const toldAt = Date.now();
    expect(await daemon.stop()).toBe(0);
    expect(Date.now() - toldAt).toBeLessThan(DRAIN_LIMIT_MS + CLOSING_MS);
    hold.release('reset');
    await faults.expectUntouched();

    await faults.startUp();
    checkTotalQueue(await faults.judge(), { duplicates, marked: BATCH });
  });
});
