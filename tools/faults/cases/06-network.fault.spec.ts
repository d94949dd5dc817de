import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Daemon } from '@comms/daemon-stage';
import { testArtemis, testClassic } from '@comms/test-servers';
import { checkTotalQueue } from '../src/total-queue.js';
import { untilRecovered } from '../src/expect-health.js';
import { FaultStage } from '../src/fault-stage.js';
import { LONG } from '../src/case.js';
import type { Direction } from '../src/proxy/unit.js';

jest.setTimeout(120_000);

const BATCH = 8;
const MIB = 1024 * 1024;

/** CONNECT, BEGIN, the SENDs, COMMIT. */
const FRAMES_UP = BATCH + 3;
/** CONNECTED, the receipt. */
const FRAMES_DOWN = 2;
const FRAMES = [...frames('up', FRAMES_UP), ...frames('down', FRAMES_DOWN)];

const classic = await testClassic();
const artemis = LONG ? await testArtemis() : null;
const brokers = [classic, artemis].filter((broker) => broker !== null);

describe.each(brokers)('6 the network, on $kind', (broker) => {
  let faults: FaultStage;
  let daemon: Daemon;
  beforeAll(async () => {
    faults = await FaultStage.open(broker, {
      'comms.handset.monitor.extract.batch-size': BATCH,
      'comms.back-off.initial': '50ms',
      'comms.broker.connect-timeout': '8s',
      'comms.broker.receipt-timeout': '8s',
      'comms.datasource.idle-in-transaction-timeout': '60s',
    });
    daemon = await faults.startUp();
  });
  afterEach(() => faults.clear());
  afterAll(() => faults.close());

  it.each(FRAMES)('that resets in place of $direction frame $place loses nothing', async (frame) => {
    const { direction, place } = frame;
    faults.toBroker.reset();
    const first = faults.toBroker.accepted + 1;
    const hold = faults.toBroker.hold(
      (unit) => unit.connection >= first && unit.direction === direction && unit.place === place,
    );
    await faults.insert(BATCH);
    await hold.reached;
    hold.release('reset');

    const stored = direction === 'down' && place === FRAMES_DOWN && broker.kind === 'classic';
    checkTotalQueue(await faults.judge(), { duplicates: stored ? BATCH : 0, marked: BATCH });
  });

  it.each([
    ['slices of 1 to 3 bytes', { maxSliceBytes: 3 }, 2 * BATCH],
    ['500 ms ± 200 of latency', { latencyMs: 500, jitterMs: 200 }, 4 * BATCH],
    ['10 kB/s', { bytesPerSecond: 10_000 }, 4 * BATCH],
  ])('of %s puts each row once', async (_, shape, rows) => {
    faults.toBroker.shape(shape);
    faults.toBroker.reset();
    await faults.insert(rows);

    checkTotalQueue(await faults.judge());

    faults.toBroker.shape({});
    const memory = (await daemon.metrics()).get('comms_process_resident_memory_bytes') ?? Infinity;
    expect(memory).toBeLessThan(250 * MIB);
    await untilRecovered(daemon);
  });

  it('that is half open, so that no packet passes and no side is notified, is left by the limits', async () => {
    await untilRecovered(daemon);
    const open = faults.toBroker.accepted;
    const deaf = faults.toBroker.rule(({ connection }) =>
      connection <= open ? new Promise(() => undefined) : undefined,
    );
    await faults.insert(2 * BATCH);

    const found = await faults.judge();
    deaf();

    checkTotalQueue(found, { duplicates: 0, marked: BATCH });
  });
});

function frames(direction: Direction, count: number) {
  return Array.from({ length: count }, (_, i) => ({ direction, place: i + 1 }));
}
