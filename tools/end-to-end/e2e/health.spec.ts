import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { freePort, readQueue, testClassic } from '@comms/test-servers';
import {
  type App,
  APPS,
  brokerProperties,
  countOf,
  type Daemon,
  emptyDatabase,
  type HealthDocument,
  insertRows,
  type Properties,
  queueName,
  sampleRows,
  sampleTargets,
  Stage,
} from '@comms/daemon-stage';
import { repositoryPath } from '@comms/kit';

jest.setTimeout(180_000);

const TABLE = 'comms_request_target_distribution';
const FUTURE = '2999-01-01T00:00:00Z';
const PAST = '2020-01-01T00:00:00Z';

const classic = await testClassic();
const { version } = JSON.parse(await readFile(repositoryPath('package.json'), 'utf8')) as { version: string };

const DAEMONS = [
  { app: 'comms-monitor', activity: 'Comms Monitor', method: undefined },
  { app: 'push-to-handset', activity: 'Push To Handset', method: 'PUSH' },
  { app: 'sms-to-handset', activity: 'SMS To Handset', method: 'SMS' },
  { app: 'extract-generic', activity: 'Extract Comms To Generic Format', method: 'EXTERNAL' },
] as const;

const daemonsOf = async (stage: Stage): Promise<ReadonlyMap<App, Daemon>> =>
  new Map(await Promise.all(APPS.map(async (app) => [app, await stage.start(app)] as const)));

describe('a daemon that is well', () => {
  let stage: Stage;
  let daemons: ReadonlyMap<App, Daemon>;
  beforeAll(async () => {
    stage = await Stage.open(propertiesFor(queueName('well')));
    await seedBacklog(stage);
    await insertRows(stage.database.client, TABLE, sampleRows(10, 'PUSH'));
    daemons = await daemonsOf(stage);
  });
  afterAll(() => stage.close());

  const isSettled = ({ status, backlog, lastCycle }: HealthDocument) =>
    status === 'up' && backlog?.waiting === 0 && backlog.lapsed > 0 && lastCycle?.finishedAt !== null;

  it.each(DAEMONS)('is reported in a document of a fixed form: $app', async ({ app, activity, method }) => {
    const { host, pathname } = new URL(stage.database.url);
    const daemon = daemons.get(app);
    const health = await daemon?.untilHealth('is settled', isSettled);

    const up = { status: 'up', since: expect.stringMatching(ISO_8601) };
    expect(health).toEqual({
      status: 'up',
      app,
      version,
      daemon: { type: 'Transmission', category: 'Comms', activity },
      database: { ...up, name: `${host}${pathname}` },
      ...(method && { broker: { ...up, name: classic.stompUrl } }),
      lastCycle: {
        startedAt: expect.stringMatching(ISO_8601),
        finishedAt: expect.stringMatching(ISO_8601),
        distributed: expect.any(Number),
        retried: expect.any(Number),
        failed: expect.any(Number),
      },
      backlog: {
        waiting: 0,
        retrying: method ? 2 : 6,
        error: method ? 3 : 9,
        lapsed: method ? 1 : 3,
        setAside: 0,
        oldestWaitingSeconds: 0,
      },
      lastError: null,
    });
    expect(await daemon?.get('/health/live')).toMatchObject({ code: 200, body: '{"status":"live"}' });
    expect(await daemon?.get('/health/ready')).toMatchObject({ code: 200, body: '{"status":"up"}' });
    expect(await daemon?.get('/health')).toMatchObject({
      code: 200,
      contentType: expect.stringMatching(/^application\/json/),
    });
  });

  it.each(DAEMONS)('has metrics for Prometheus, all with our prefix: $app', async ({ app, method }) => {
    const daemon = daemons.get(app);
    await daemon?.untilHealth('is settled', isSettled);
    await daemon?.untilIdle();
    const answer = await daemon?.get('/metrics');
    const metrics = (await daemon?.metrics()) ?? new Map<string, number>();

    expect(answer).toMatchObject({
      code: 200,
      contentType: expect.stringMatching(/^text\/plain; version=0/),
    });
    expect([...metrics.keys()].filter((name) => !name.startsWith('comms_'))).toEqual([]);
    expect(metrics.get(`comms_build_info{app="${app}",version="${version}"}`)).toBe(1);
    expect(metrics.get('comms_part_up{part="database"}')).toBe(1);
    expect(metrics.get('comms_part_up{part="broker"}')).toBe(method && 1);
    expect(metrics.get('comms_backlog_rows{state="error"}')).toBe(method ? 3 : 9);
    expect(metrics.get('comms_oldest_waiting_seconds')).toBe(0);
    if (method === undefined) return;
    expect(metrics.get('comms_distributions_total{outcome="delivered"}')).toBe(method === 'PUSH' ? 10 : 0);
  });
});

describe('a daemon', () => {
  let stage: Stage;
  afterEach(() => stage.close());

  it('is down, and the process alive, while the database cannot be reached', async () => {
    const url = `postgres://user:secret@127.0.0.1:${await freePort()}/comms`;
    stage = await Stage.open({ ...propertiesFor(queueName('unreachable')), 'comms.datasource.url': url });
    const daemons = await daemonsOf(stage);

    for (const daemon of daemons.values()) {
      const health = await daemon.untilHealth('has failed', hasFailed);
      expect(health).toMatchObject({
        status: 'down',
        database: { status: 'down', code: 'STORE_UNREACHABLE', text: expect.any(String) },
        backlog: null,
        lastError: { code: 'STORE_UNREACHABLE', at: expect.stringMatching(ISO_8601) },
      });
      expect(await daemon.get('/health/live')).toMatchObject({ code: 200 });
      expect(await daemon.get('/health/ready')).toMatchObject({ code: 503, body: '{"status":"down"}' });
      expect(await daemon.get('/health')).toMatchObject({ code: 503 });
      expect((await daemon.metrics()).get('comms_part_up{part="database"}')).toBe(0);
      expect(daemon.hasEnded).toBe(false);
    }
  });

  it('is down, and says what to do, while the database is not migrated', async () => {
    const database = await emptyDatabase();
    const properties = { ...brokerProperties(classic), 'comms.datasource.url': database.url };
    stage = await Stage.open(properties, Promise.resolve(database));
    const daemons = await Promise.all([stage.start('comms-monitor'), stage.start('push-to-handset')]);

    for (const daemon of daemons) {
      const health = await daemon.untilHealth('has failed', hasFailed);
      expect(health).toMatchObject({
        status: 'down',
        database: {
          status: 'down',
          code: 'STORE_TABLE_MISSING',
          text: expect.stringContaining('npm run db:migrate'),
        },
      });
      expect(await daemon.get('/health/ready')).toMatchObject({ code: 503 });
      expect(daemon.hasEnded).toBe(false);
    }
    const { rows } = await stage.database.client.query(
      `SELECT FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    expect(rows).toEqual([]);
  });

  it('is well while it is disabled, and distributes nothing', async () => {
    const queue = queueName('disabled');
    stage = await Stage.open({
      ...propertiesFor(queue),
      'comms.monitor.enabled': false,
      'comms.handset.monitor.extract.enabled': false,
      'comms.sms.monitor.extract.enabled': false,
      'comms.external.monitor.extract.enabled': false,
    });
    const { client } = stage.database;
    for (const { method } of DAEMONS) {
      await insertRows(client, TABLE, sampleRows(5, method ?? 'ONLINE'));
      await insertRows(client, 'comms_request_target', sampleTargets(5, method ?? 'ONLINE'));
    }
    const daemons = await daemonsOf(stage);

    for (const daemon of daemons.values()) {
      const health = await daemon.untilHealth('is disabled', ({ status }) => status === 'disabled');
      expect(health.lastCycle).toBeNull();
      expect(await daemon.get('/health/live')).toMatchObject({ code: 200 });
      expect(await daemon.get('/health/ready')).toMatchObject({ code: 200, body: '{"status":"disabled"}' });
      expect(await daemon.get('/health')).toMatchObject({ code: 200 });
    }
    await Promise.all([...daemons.values()].map((daemon) => daemon.stop()));
    expect(await countOf(client, 'D')).toBe(20);
    expect((await client.query(`SELECT FROM ${TABLE}`)).rowCount).toBe(20);
    expect(await readQueue(classic, queue)).toEqual([]);
  });
});

function propertiesFor(queue: string): Properties {
  return {
    ...brokerProperties(classic),
    'comms.handset.monitor.extract.to.queue': queue,
    'comms.sms.monitor.extract.to.queue': queue,
    'comms.external.monitor.extract.to.queue': queue,
  };
}

function hasFailed({ database, lastError }: HealthDocument): boolean {
  return database.status === 'down' && lastError !== null;
}

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Of each outbound method one row that has lapsed, two that are to be tried again and three that failed. */
async function seedBacklog({ database: { client } }: Stage): Promise<void> {
  for (const method of ['PUSH', 'SMS', 'EXTERNAL'] as const) {
    await insertRows(client, TABLE, sampleRows(1, method, { time_exclusion: PAST }));
    const retrying = { distribution_status: 'R', retry_date_time: FUTURE };
    await insertRows(client, TABLE, sampleRows(2, method, retrying));
    await insertRows(client, TABLE, sampleRows(3, method, { distribution_status: 'E' }));
  }
}
