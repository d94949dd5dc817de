import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Daemon } from '@comms/daemon-stage';
import { testArtemis, testClassic } from '@comms/test-servers';
import { checkTotalQueue } from '../src/total-queue.js';
import { FaultStage } from '../src/fault-stage.js';
import { ANNOUNCE, COMMIT, COMMITTED, frameDown, frameUp, UPDATE } from '../src/proxy/moments.js';

jest.setTimeout(120_000);

const ROWS = 30;
const BATCH = 10;

const brokers = [await testClassic(), await testArtemis()].filter((broker) => broker !== null);

/** Where the daemon is held when it dies, and how many messages of its batch may be put again or flagged. */
const MOMENTS = [
  ['after the claim', { at: 'toDatabase', held: () => ANNOUNCE, repeats: 0, marked: 0 }],
  ['after the announcement', { at: 'toBroker', held: () => frameUp('BEGIN'), repeats: 0, marked: BATCH }],
  ['between SENDs', { at: 'toBroker', held: () => frameUp('SEND', 5), repeats: 0, marked: BATCH }],
  ['after the SENDs', { at: 'toBroker', held: () => frameUp('COMMIT'), repeats: 0, marked: BATCH }],
  ['after COMMIT, before its receipt', { at: 'toBroker', held: () => frameDown('RECEIPT'), repeats: BATCH }],
  ['after the receipt', { at: 'toDatabase', held: () => UPDATE, repeats: BATCH }],
  ['before the commit of the database', { at: 'toDatabase', held: () => COMMIT, repeats: BATCH }],
  ['after the commit of the database', { at: 'toDatabase', held: () => COMMITTED, repeats: 0 }],
] as const;

describe.each(brokers)('1 SIGKILL of a daemon, on $kind', (broker) => {
  let faults: FaultStage;
  let daemon: Daemon;
  beforeAll(async () => {
    faults = await FaultStage.open(broker, { 'comms.handset.monitor.extract.batch-size': BATCH });
    daemon = await faults.startUp();
  });
  afterEach(() => faults.clear());
  afterAll(() => faults.close());

  it.each(MOMENTS)('%s loses nothing, and repeats the batch in hand at most', async (_, moment) => {
    const { at, held, repeats } = moment;
    const hold = faults[at].hold(held());
    await faults.insert(ROWS);
    await hold.reached;

    daemon.signal('SIGKILL');
    expect(await daemon.ended).toBe('SIGKILL');
    hold.release('reset');
    daemon = await faults.startUp();

    const duplicates = broker.kind === 'artemis' ? 0 : repeats;
    checkTotalQueue(await faults.judge(), {
      duplicates,
      marked: 'marked' in moment ? moment.marked : repeats,
    });
  });
});
