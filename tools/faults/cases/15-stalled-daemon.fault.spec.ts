import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { longText } from '@comms/daemon-stage';
import { testClassic } from '@comms/test-servers';
import { checkTotalQueue } from '../src/total-queue.js';
import { FaultStage } from '../src/fault-stage.js';
import { LONG } from '../src/case.js';
import { frameDown } from '../src/proxy/moments.js';

jest.setTimeout(180_000);

const ROWS = 30;
const BATCH = 10;
const STALL_MS = 5_000;
const MIB = 1024 * 1024;
const LARGE_ROWS = LONG ? 160 : 80;
const INSERTED_AT_ONCE = 40;
const MAX_MEMORY = 220 * MIB;

const classic = await testClassic();

describe('15 a daemon', () => {
  let faults: FaultStage;
  beforeEach(async () => {
    faults = await FaultStage.open(classic);
  });
  afterEach(() => faults.close());

  it('that is stalled for longer than a receipt may take reads the response before it judges, and reports its lag', async () => {
    const daemon = await faults.startUp({ 'comms.handset.monitor.extract.batch-size': BATCH });
    const hold = faults.toBroker.hold(frameDown('RECEIPT'));
    await faults.insert(ROWS);
    await hold.reached;

    daemon.signal('SIGSTOP');
    hold.release();
    await setTimeout(STALL_MS);
    daemon.signal('SIGCONT');

    checkTotalQueue(await faults.judge());
    expect((await daemon.metrics()).get('comms_event_loop_lag_seconds')).toBeGreaterThan(
      (STALL_MS - 1_000) / 1_000,
    );
  });

  it('with messages of 1 MB in batches of 200 stays within a bounded memory', async () => {
    const daemon = await faults.startUp({ 'comms.handset.monitor.extract.batch-size': 200 });
    let most = 0;
    const watch = setInterval(() => {
      daemon.metrics().then(
        (metrics) => (most = Math.max(most, metrics.get('comms_process_resident_memory_bytes') ?? 0)),
        () => undefined,
      );
    }, 250);
    for (let rows = 0; rows < LARGE_ROWS; rows += INSERTED_AT_ONCE)
      await faults.insert(INSERTED_AT_ONCE, { message: longText(MIB) });

    const found = await faults.judge();
    clearInterval(watch);
    process.stderr.write(`most memory: ${Math.round(most / MIB)} MiB\n`);
    checkTotalQueue(found);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(MAX_MEMORY);
  });
});
