import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppInfo, Clock, Log } from '@comms/daemon-runtime';
import { aLog, FakeClock } from '@comms/daemon-runtime/testing';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { PostgresDistributionStore } from './claim/postgres-distribution-store.js';
import { DatasourceConfig } from './configuration/datasource.config.js';
import { TimeExclusionConfig } from './configuration/time-exclusion.config.js';
import { DistributionStoreModule } from './distribution-store.module.js';
import { BacklogCounter } from './health/backlog-counter.js';
import { DatabaseHealth } from './health/database-health.js';
import { PostgresMonitorStore } from './monitor/postgres-monitor-store.js';
import {
  aDatasourceConfig,
  distributionRow,
  insertDistribution,
  type MigratedDatabase,
  migratedDatabase,
} from './testing/index.js';

let migrated: MigratedDatabase;
beforeAll(async () => {
  migrated = await migratedDatabase();
});
afterAll(() => migrated.drop());

describe('DistributionStoreModule', () => {
  it('gives a delivery app the rows of its method, its backlog and its health', async () => {
    const app = await start(DistributionStoreModule.forDelivery('PUSH'), migrated.url);
    const id = await insertDistribution(migrated.client, { deliveryMethod: 'PUSH' });
    await insertDistribution(migrated.client, { deliveryMethod: 'SMS' });
    expect(await app.get(DatabaseHealth).check()).toMatchObject({ state: 'up' });
    expect(await app.get(BacklogCounter).count()).toMatchObject({ waiting: 1 });
    const claim = await app.get(PostgresDistributionStore).claim(10);
    await claim.record([{ distributionId: id, status: 'S' }]);
    expect(await distributionRow(migrated.client, id)).toMatchObject({
      distributionStatus: 'S',
      auditProcess: 'the-app',
    });
    await app.close();
  });

  it('gives comms-monitor its store, and the backlog of all methods', async () => {
    const app = await start(DistributionStoreModule.forMonitor(), migrated.url);
    await insertDistribution(migrated.client, { deliveryMethod: 'ONLINE' });
    expect(await app.get(PostgresMonitorStore).perform('publish-online', 10)).toBe(1);
    expect(await app.get(BacklogCounter).count()).toMatchObject({ waiting: 1 });
    await app.close();
  });

  it('lets the process start and end without the database, and tells that it is down', async () => {
    const app = await start(DistributionStoreModule.forDelivery('SMS'), 'postgres://user@127.0.0.1:1/comms');
    expect(await app.get(DatabaseHealth).check()).toMatchObject({
      state: 'down',
      code: 'STORE_UNREACHABLE',
      name: '127.0.0.1:1/comms',
    });
    await app.close();
  });

  it('ends its sessions at shutdown', async () => {
    const app = await start(DistributionStoreModule.forDelivery('SMS'), migrated.url);
    await app.get(BacklogCounter).count();
    const sql = `SELECT FROM pg_stat_activity WHERE application_name = 'the-app'`;
    expect((await migrated.client.query(sql)).rowCount).toBe(1);
    await app.close();
    const deadline = Date.now() + 50_000;
    while ((await migrated.client.query(sql)).rowCount !== 0) expect(Date.now()).toBeLessThan(deadline);
  });
});

async function start(storeModule: DynamicModule, url: string) {
  const testing = await Test.createTestingModule({ imports: [surroundings(url), storeModule] }).compile();
  return testing.init();
}

@Global()
@Module({})
class Surroundings {}

/** What the runtime and the configuration provide to every module. */
function surroundings(url: string): DynamicModule {
  const timeExclusion = Object.assign(new TimeExclusionConfig(), { mode: 'send-before' });
  const providers = [
    { provide: DatasourceConfig, useValue: aDatasourceConfig({ url }) },
    { provide: TimeExclusionConfig, useValue: timeExclusion },
    { provide: AppInfo, useValue: new AppInfo('the-app', '0.0.0') },
    { provide: Clock, useValue: new FakeClock() },
    { provide: Log, useValue: aLog().log },
  ];
  return { module: Surroundings, providers, exports: providers.map(({ provide }) => provide) };
}
