import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Daemon } from '@comms/daemon-stage';
import { ownArtemis, ownClassic } from '@comms/test-servers';
import { checkTotalQueue } from '../src/total-queue.js';
import { untilRecovered, untilTrouble } from '../src/expect-health.js';
import { FaultStage } from '../src/fault-stage.js';
import { LONG } from '../src/case.js';
import { frameDown, frameUp } from '../src/proxy/moments.js';

jest.setTimeout(120_000);

const ROWS = 30;
const BATCH = 10;
const DOWN = {
  status: 'down',
  codes: ['BROKER_REFUSED_CONNECTION', 'BROKER_CONNECTION_LOST', 'BROKER_NOT_STOMP'],
} as const;

const brokers = [await ownClassic(), LONG ? await ownArtemis() : null].filter((own) => own !== null);

describe.each(brokers)('3 kill -9 of the broker, on $broker.kind', ({ broker, process }) => {
  let faults: FaultStage;
  let daemon: Daemon;
  beforeAll(async () => {
    faults = await FaultStage.open(broker, { 'comms.handset.monitor.extract.batch-size': BATCH });
    daemon = await faults.startUp();
  });
  afterEach(() => faults.clear());
  afterAll(async () => {
    await faults.close();
    await process.stop();
  });

  /** The broker dies; the daemon says so, changes no row, and comes back with it. */
  const killBroker = async (strike: () => void = () => undefined) => {
    await process.signal('SIGKILL');
    strike();
    await untilTrouble(daemon, 'broker', DOWN);
    await faults.expectUntouched();
    await process.restart();
    await untilRecovered(daemon);
  };

  it('while there is nothing to do is seen, and healed when the broker is back', async () => {
    await process.signal('SIGKILL');
    await untilTrouble(daemon, 'broker', DOWN);
    await process.restart();
    await untilRecovered(daemon);

    await faults.insert(ROWS);
    checkTotalQueue(await faults.judge());
  });

  it.each([
    ['between SENDs', () => frameUp('SEND', 5), 0],
    ['before COMMIT', () => frameUp('COMMIT'), 0],
    ['after COMMIT, before its receipt', () => frameDown('RECEIPT'), BATCH],
  ])('%s loses nothing, and repeats that batch at most', async (_, held, repeats) => {
    const hold = faults.toBroker.hold(held());
    await faults.insert(ROWS);
    await hold.reached;

    await killBroker(() => {
      hold.release('reset');
    });

    const duplicates = broker.kind === 'artemis' ? 0 : repeats;
    checkTotalQueue(await faults.judge(), { duplicates, marked: BATCH });
    expect(daemon.hasEnded).toBe(false);
  });
});
