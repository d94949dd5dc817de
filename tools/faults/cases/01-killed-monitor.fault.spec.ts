import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { countOf, type Daemon, distributionRows, insertRows, sampleTargets } from '@comms/daemon-stage';
import { eventually } from '@comms/kit';
import { testClassic } from '@comms/test-servers';
import { FaultStage } from '../src/fault-stage.js';
import { ENTRIES_MADE, MAKE_ENTRIES } from '../src/proxy/moments.js';

jest.setTimeout(120_000);

const TARGETS = 30;

const classic = await testClassic();

describe('1 SIGKILL of comms-monitor', () => {
  let faults: FaultStage;
  let daemon: Daemon;
  beforeAll(async () => {
    faults = await FaultStage.open(classic, { 'comms.monitor.batch-size': 10 });
    daemon = await start();
  });
  afterEach(async () => {
    await faults.clear();
    await faults.stage.database.client.query('DELETE FROM comms_request_target');
  });
  afterAll(() => faults.close());

  const start = async () => {
    const monitor = await faults.start({}, 'comms-monitor');
    await monitor.untilUp();
    return monitor;
  };

  it.each([
    ['before its entries are made', () => MAKE_ENTRIES],
    ['after its entries are made, before it hears so', () => ENTRIES_MADE],
  ])('%s leaves one entry per target', async (_, held) => {
    const { client } = faults.stage.database;
    const hold = faults.toDatabase.hold(held());
    const ids = await insertRows(client, 'comms_request_target', sampleTargets(TARGETS, 'ONLINE'));
    await hold.reached;

    daemon.signal('SIGKILL');
    await daemon.ended;
    hold.release('reset');
    daemon = await start();

    await eventually(
      'each target has an entry',
      () => countOf(client, 'P'),
      (count) => count >= TARGETS,
    );
    await daemon.untilIdle();
    const entries = await distributionRows(client);
    expect(entries.map(({ comms_request_target_id: id }) => id).sort()).toEqual([...ids].sort());
  });
});
