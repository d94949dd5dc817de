import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aConfig, aConfiguration } from '@comms/config/testing';
import { EnvironmentConfig } from '@comms/daemon-runtime';
import { aRuntime } from '@comms/daemon-runtime/testing';
import { InMemoryCourier } from '@comms/delivery/testing';
import { TimeExclusionConfig } from '@comms/distribution-store';
import {
  aDatasourceConfig,
  distributionRow,
  insertDistribution,
  type MigratedDatabase,
  migratedDatabase,
} from '@comms/distribution-store/testing';
import { deliveryDaemon } from './delivery-daemon.js';
import { EncryptionConfig } from './encryption.js';
import { ExtractConfig } from './extract.config.js';
import { monitorDaemon } from './monitor-daemon.js';
import { MonitorConfig } from './monitor.config.js';

let migrated: MigratedDatabase;
beforeAll(async () => {
  migrated = await migratedDatabase();
});
afterAll(() => migrated.drop());

describe('deliveryDaemon', () => {
  it('takes its schedule, its switch and its batches in hand from the configuration', async () => {
    const { daemon } = await setup({ schedule: '5s', enabled: false, batchesInHand: 2 });
    expect(daemon).toMatchObject({ schedule: '5s', enabled: false, batchesInHand: 2 });
    await daemon.stop();
  });

  it('delivers the rows of its method, and knows their backlog and its parts', async () => {
    const { daemon, courier } = await setup();
    const id = await insertDistribution(migrated.client, { deliveryMethod: 'PUSH' });
    await insertDistribution(migrated.client, { deliveryMethod: 'SMS' });
    daemon.start(() => undefined);
    expect(await daemon.backlog.count()).toMatchObject({ waiting: 1 });
    expect(await Promise.all(daemon.parts.map((part) => part.check()))).toMatchObject([
      { state: 'up' },
      { state: 'up', name: 'memory' },
    ]);
    expect(await daemon.poll()).toMatchObject({ next: 'idle', distributed: 1 });
    expect(courier.accepted).toHaveLength(1);
    expect(await distributionRow(migrated.client, id)).toMatchObject({
      distributionStatus: 'S',
      auditProcess: 'push-to-handset',
    });
    await daemon.stop();
  });

  it('starts and stops without the database, and reports that it is down', async () => {
    const { daemon } = await setup({}, 'postgres://user@127.0.0.1:1/comms');
    daemon.start(() => undefined);
    expect(await daemon.parts[0]?.check()).toMatchObject({
      state: 'down',
      code: 'STORE_UNREACHABLE',
      name: '127.0.0.1:1/comms',
    });
    await daemon.stop();
  });

  it('ends its sessions when it stops, and may be stopped twice', async () => {
    const { daemon } = await setup();
    await daemon.backlog.count();
    expect(await sessions()).toBe(1);
    await daemon.stop();
    await daemon.stop();
    const deadline = Date.now() + 50_000;
    while ((await sessions()) !== 0) expect(Date.now()).toBeLessThan(deadline);
  });
});

describe('monitorDaemon', () => {
  it('changes rows, and knows the backlog of all methods', async () => {
    const configuration = aConfiguration([...database(migrated.url), aConfig(MonitorConfig)]);
    const daemon = monitorDaemon(aRuntime({ configuration }));
    await insertDistribution(migrated.client, { deliveryMethod: 'ONLINE' });
    const { waiting } = await daemon.backlog.count();
    expect(await daemon.poll()).toMatchObject({ distributed: 1 });
    expect(await daemon.backlog.count()).toMatchObject({ waiting: waiting - 1 });
    await daemon.stop();
  });
});

async function setup(extract: Partial<ExtractConfig> = {}, url = migrated.url) {
  const prefix = 'comms.handset.monitor';
  const configuration = aConfiguration(
    [
      ...database(url),
      aConfig(EnvironmentConfig),
      aConfig(ExtractConfig, extract, prefix),
      aConfig(EncryptionConfig, {}, prefix),
    ],
    prefix,
  );
  const courier = new InMemoryCourier();
  const kind = { activity: 'Push To Handset', reads: 'PUSH', writes: () => courier } as const;
  return { daemon: await deliveryDaemon(kind, aRuntime({ configuration })), courier };
}

function database(url: string): object[] {
  return [aDatasourceConfig({ url }), aConfig(TimeExclusionConfig)];
}

async function sessions(): Promise<number> {
  const sql = `SELECT FROM pg_stat_activity WHERE application_name = 'push-to-handset' AND datname = current_database()`;
  return (await migrated.client.query(sql)).rowCount ?? 0;
}
