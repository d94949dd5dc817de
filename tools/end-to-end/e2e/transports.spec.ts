import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { freePort, readQueue, testArtemis, testClassic } from '@comms/test-servers';
import {
  brokerProperties,
  countOf,
  type Daemon,
  distributionRows,
  expectedMessage,
  inOrder,
  insertRows,
  longText,
  type Properties,
  queueName,
  readMessage,
  sampleRows,
  Stage,
} from '@comms/daemon-stage';

jest.setTimeout(180_000);

const COUNT = 300;

const classic = await testClassic();
const artemis = await testArtemis();
const brokers = [classic, artemis].filter((broker) => broker !== null);

describe.each(brokers)('push-to-handset and ActiveMQ $kind', (broker) => {
  const { stompUrl, stompSslUrl, wsUrl, wssUrl } = broker;
  let stage: Stage;
  let daemon: Daemon;
  const queue = queueName('transport');
  beforeAll(async () => {
    stage = await Stage.open({ 'comms.handset.monitor.extract.to.queue': queue });
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    await stage.database.client.query('TRUNCATE comms_request_target_distribution');
    const [first, ...others] = sampleRows(COUNT, 'PUSH');
    await insertRows(stage.database.client, 'comms_request_target_distribution', [
      { ...first, message: longText(LONGEST[broker.kind]) },
      ...others,
    ]);
  });
  afterEach(async () => {
    expect(await daemon.stop()).toBe(0);
  });

  const expectDelivered = async () => {
    const { client } = stage.database;
    await stage.eventually(
      'all rows are delivered',
      () => countOf(client, 'D'),
      (count) => count === 0,
    );
    const messages = await readQueue(broker, queue, { count: COUNT });
    const read = await Promise.all(messages.map((message) => readMessage(message)));
    const rows = await distributionRows(client);
    expect(inOrder(read)).toEqual(rows.map((row) => expectedMessage(row)));
  };

  const offered = Object.entries({ 'stomp+ssl': stompSslUrl, ws: wsUrl, wss: wssUrl }).flatMap(
    ([scheme, url]) => (url === null ? [] : [{ scheme, url }]),
  );

  it.each(offered)('understand each other over $scheme', async ({ url }) => {
    daemon = await stage.start('push-to-handset', brokerProperties(broker, url));

    await expectDelivered();
    expect((await daemon.untilUp()).broker?.name).toBe(url);
  });

  it('find each other where the first broker of the list is down', async () => {
    const unused = `stomp://127.0.0.1:${await freePort()}`;
    daemon = await stage.start('push-to-handset', brokerProperties(broker, `${unused}, ${stompUrl}`));

    await expectDelivered();
    expect((await daemon.untilUp()).broker?.name).toBe(stompUrl);
  });

  const untrusted = offered.filter(({ scheme }) => broker.caFile !== null && scheme !== 'ws');

  it.each(untrusted)('do not talk over $scheme without the authority of the broker', async ({ url }) => {
    await expectRefused(brokerProperties({ ...broker, caFile: null }, url), 'BROKER_TLS_UNKNOWN_CA');
  });

  it('do not talk where the password is wrong', async () => {
    await expectRefused(
      { ...brokerProperties(broker), 'comms.broker.password': 'wrong-password' },
      'BROKER_LOGIN_REFUSED',
    );
  });

  /** The daemon lives, says why it is not ready, and leaves the rows as they are. */
  const expectRefused = async (properties: Properties, code: string) => {
    daemon = await stage.start('push-to-handset', properties);
    const health = await daemon.untilHealth(
      'has failed',
      ({ broker, lastError }) => broker?.status === 'down' && lastError !== null,
    );

    expect(health).toMatchObject({
      status: 'down',
      database: { status: 'up' },
      broker: { status: 'down', code, text: expect.any(String) },
      lastError: { code },
    });
    expect(await codesOf(daemon)).toEqual({ live: 200, ready: 503, health: 503 });
    expect(await countOf(stage.database.client, 'D')).toBe(COUNT);
    expect(daemon.hasEnded).toBe(false);
  };
});

/** Classic takes 64 KiB in a WebSocket message by default; Artemis takes fragments. */
const LONGEST = { classic: 60_000, artemis: 100_000 };

async function codesOf(daemon: Daemon): Promise<Record<'live' | 'ready' | 'health', number>> {
  const [live, ready, health] = await Promise.all([
    daemon.get('/health/live'),
    daemon.get('/health/ready'),
    daemon.get('/health'),
  ]);
  return { live: live.code, ready: ready.code, health: health.code };
}
