import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { type AddressInfo, connect, createServer } from 'node:net';
import { aConfig } from '@comms/config/testing';
import { ownArtemis, ownClassic } from '@comms/test-servers';
import { QueueConfig } from '../queue.config.js';
import { QueueCourier } from '../queue-courier.js';
import { aBrokerConfig } from '../testing/a-broker-config.js';
import { eventually } from '../testing/eventually.js';

const LOGINS = [
  { username: 'CORP\\comms', password: 'plain' },
  { username: 'new-line', password: 'se\\ncret' },
  { username: 'colon', password: 'se\\cret' },
  { username: 'two', password: 'a\\\\b' },
  { username: 'end', password: 'end\\' },
  { username: 'other', password: 'se\\xret' },
  { username: 'CORP\\both', password: 'a\\nb\\\\c\\' },
];

const classic = await ownClassic({ users: LOGINS });
const artemis = await ownArtemis({ users: LOGINS });
const brokers = [classic, artemis].flatMap((own) => (own === null ? [] : { ...own.broker, own }));

afterAll(async () => {
  await Promise.all([classic.process.stop(), artemis?.process.stop()]);
});

describe.each(brokers)('a login with backslashes to ActiveMQ $kind', ({ kind, stompUrl }) => {
  it.each(LOGINS)('is accepted as $username with $password', async (login) => {
    const { courier } = await setup(stompUrl, login);
    await courier.prepare();
    expect(courier.condition()).toMatchObject({ state: 'up' });
  });

  it('takes at once the form that was accepted before', async () => {
    const { courier, relay } = await setup(stompUrl, { username: 'new-line', password: 'se\\ncret' });
    await courier.prepare();
    expect(relay.connections).toBe(kind === 'classic' ? 2 : 1);
    relay.connections = 0;
    relay.cut();
    await eventually('the connection has ended', () => courier.condition().state !== 'up');
    await courier.prepare();
    expect(courier.condition()).toMatchObject({ state: 'up' });
    expect(relay.connections).toBe(1);
  });

  it.each([
    ['once more, and no more often, with a backslash', 'wrong\\password', 2],
    ['once without one', 'wrong', 1],
  ])('is tried %s when its password is wrong', async (_, password, attempts) => {
    const { courier, relay } = await setup(stompUrl, { username: 'two', password });
    await courier.prepare();
    expect(courier.condition()).toMatchObject({ state: 'down', code: 'BROKER_LOGIN_REFUSED' });
    expect(relay.connections).toBe(attempts);
  });

  it('is refused with a hint at the white space around it, and is not shown', async () => {
    const { courier } = await setup(stompUrl, { username: 'two', password: ' mistaken\\ ' });
    await courier.prepare();
    expect(courier.condition()).toMatchObject({ code: 'BROKER_LOGIN_REFUSED' });
    expect(courier.condition().text).toMatch(
      /^The broker refused the user name or password\..* The value of comms\.broker\.password begins or ends with white space, which ActiveMQ drops\.$/,
    );
    expect(courier.condition().text).not.toContain('mistaken');
  });
});

const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

/** A courier behind a relay that counts its connections. An end goes on only after the bytes before it. */
async function setup(brokerUrl: string, login: { username: string; password: string }) {
  const { port } = new URL(brokerUrl);
  const ends: (() => void)[] = [];
  const server = createServer((socket) => {
    relay.connections += 1;
    const behind = connect(Number(port), '127.0.0.1');
    ends.push(() => socket.destroy());
    socket
      .on('error', () => behind.destroy())
      .on('close', () => behind.destroy())
      .pipe(behind);
    const endSoon = () => {
      socket.destroySoon();
    };
    behind.on('error', endSoon).pipe(socket);
  });
  const relay = {
    connections: 0,
    cut: () => {
      for (const end of ends.splice(0)) end();
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(server, { close: relay.cut });
  const url = [`stomp://127.0.0.1:${(server.address() as AddressInfo).port}`];
  const courier = new QueueCourier(
    aBrokerConfig({ url, ...login, connectTimeout: 10_000 }),
    aConfig(QueueConfig),
  );
  opened.push({ close: () => courier.stop() });
  return { courier, relay };
}
