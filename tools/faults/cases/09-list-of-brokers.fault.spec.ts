import { afterEach, beforeEach, describe, it, jest } from '@jest/globals';
import type { Daemon } from '@comms/daemon-stage';
import { testClassic } from '@comms/test-servers';
import { checkTotalQueue } from '../src/total-queue.js';
import { untilRecovered } from '../src/expect-health.js';
import { FaultStage } from '../src/fault-stage.js';
import { FaultProxy } from '../src/proxy/fault-proxy.js';
import { frameDown, frameUp } from '../src/proxy/moments.js';

jest.setTimeout(120_000);

const ROWS = 30;
const BATCH = 10;

const classic = await testClassic();

describe('9 the first broker of the list', () => {
  let faults: FaultStage;
  let second: FaultProxy;
  beforeEach(async () => {
    faults = await FaultStage.open(classic, { 'comms.handset.monitor.extract.batch-size': BATCH });
    second = await FaultProxy.start(classic.stompUrl, 'stomp');
  });
  afterEach(async () => {
    await faults.close();
    await second.stop();
  });

  const startWithList = () =>
    faults.start({
      'comms.broker.url': `stomp://127.0.0.1:${faults.toBroker.port},stomp://127.0.0.1:${second.port}`,
    });
  const untilWithSecond = async (daemon: Daemon) => {
    const name = `stomp://127.0.0.1:${second.port}`;
    await daemon.untilHealth('is with the second', ({ broker }) => broker?.name === name);
    await untilRecovered(daemon);
  };

  it('that is down at the start is skipped', async () => {
    await faults.toBroker.refuse();
    const daemon = await startWithList();
    await faults.insert(ROWS);

    checkTotalQueue(await faults.judge());
    await untilWithSecond(daemon);
  });

  it.each([
    ['before COMMIT', () => frameUp('COMMIT'), 0],
    ['before its receipt', () => frameDown('RECEIPT'), BATCH],
  ])('that goes down %s is left for the next', async (_, held, duplicates) => {
    const daemon = await startWithList();
    await daemon.untilUp();
    const hold = faults.toBroker.hold(held());
    await faults.insert(ROWS);
    await hold.reached;

    await faults.toBroker.refuse();
    hold.release('reset');

    checkTotalQueue(await faults.judge(), { duplicates, marked: BATCH });
    await untilWithSecond(daemon);
  });

  it('that hangs before a receipt is left for the next', async () => {
    const daemon = await startWithList();
    await daemon.untilUp();
    const hold = faults.toBroker.hold(frameDown('RECEIPT'));
    await faults.insert(ROWS);
    await hold.reached;
    faults.toBroker.stall();

    checkTotalQueue(await faults.judge(), { duplicates: BATCH });
    await untilWithSecond(daemon);
    hold.release('reset');
  });
});
