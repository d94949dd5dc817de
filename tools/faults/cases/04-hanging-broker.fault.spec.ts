import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Daemon } from '@comms/daemon-stage';
import { eventually } from '@comms/kit';
import { ownClassic } from '@comms/test-servers';
import { checkTotalQueue } from '../src/total-queue.js';
import { untilRecovered, untilTrouble } from '../src/expect-health.js';
import { FaultStage } from '../src/fault-stage.js';
import { frameUp } from '../src/proxy/moments.js';

jest.setTimeout(120_000);

const ROWS = 30;
const BATCH = 10;

const { broker, process } = await ownClassic();

describe('4 a broker that hangs', () => {
  let faults: FaultStage;
  let daemon: Daemon;
  beforeAll(async () => {
    faults = await FaultStage.open(broker, {
      'comms.handset.monitor.extract.batch-size': BATCH,
      'comms.broker.connect-timeout': '4s',
    });
    daemon = await faults.startUp();
  });
  afterEach(() => faults.clear());
  afterAll(async () => {
    await faults.close();
    await process.stop();
  });

  const untilNoTransaction = () =>
    eventually(
      'no transaction is open',
      () => faults.openTransactions(),
      (count) => count === 0,
    );

  it('by SIGSTOP while a receipt is awaited is blocked, holds no transaction, and heals by itself', async () => {
    const hold = faults.toBroker.hold(frameUp('COMMIT'));
    await faults.insert(ROWS);
    await hold.reached;

    await process.signal('SIGSTOP');
    hold.release();

    await untilTrouble(daemon, 'broker', { status: 'blocked', codes: ['BROKER_BLOCKED'] });
    await untilNoTransaction();
    await faults.expectUntouched();

    await process.signal('SIGCONT');
    await untilRecovered(daemon);
    checkTotalQueue(await faults.judge(), { duplicates: BATCH, marked: ROWS });
  });

  it('that was blocked counts as unblocked once it has confirmed something', async () => {
    const metrics = await daemon.metrics();
    const events = (event: string) => metrics.get(`comms_broker_events_total{event="${event}"}`);

    expect(events('blocked')).toBeGreaterThan(0);
    expect(events('unblocked')).toBe(events('blocked'));
  });

  it('as one out of memory, which accepts connections and gives no response, is waited for no longer than the limits', async () => {
    const endStall = faults.toBroker.stall();
    await faults.insert(ROWS);

    await untilTrouble(daemon, 'broker', { status: 'blocked', codes: ['BROKER_BLOCKED'] });
    await untilTrouble(daemon, 'broker', { status: 'down', codes: ['BROKER_TIMEOUT'] });
    await untilNoTransaction();
    await faults.expectUntouched();

    endStall();
    await untilRecovered(daemon);
    checkTotalQueue(await faults.judge(), { duplicates: BATCH, marked: ROWS });
  });
});
