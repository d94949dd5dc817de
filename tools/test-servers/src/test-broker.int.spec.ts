import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { readQueue } from './read-queue.js';
import { testArtemis, testClassic } from './test-brokers.js';
import type { TestBroker } from './test-broker.js';

const classic = await testClassic();
const artemis = await testArtemis();
const brokers = [classic, artemis].filter((broker) => broker !== null);

describe.each(brokers)('$kind', (broker) => {
  const { restricted, stompSslUrl } = broker;
  const ca = broker.caFile === null ? undefined : readFileSync(broker.caFile);

  it('speaks STOMP', async () => {
    expect(await answer(plain(broker), hello(broker))).toMatch(/^CONNECTED/);
  });

  it('refuses a wrong password', async () => {
    expect(await answer(plain(broker), hello({ ...broker, password: 'wrong' }))).toMatch(/^ERROR/);
  });

  (stompSslUrl === null ? it.skip : it)(
    'speaks STOMP over TLS, and is trusted by its authority alone',
    async () => {
      const port = portOf(stompSslUrl ?? '');
      const trusting = (host: string) =>
        connectTls({ host, port, servername: 'localhost', ...(ca && { ca }) });

      expect(await answer(trusting('localhost'), hello(broker))).toMatch(/^CONNECTED/);
      expect(await answer(trusting('127.0.0.1'), hello(broker))).toMatch(/^CONNECTED/);
      const stranger = connectTls({ host: 'localhost', port });
      await expect(answer(stranger, hello(broker))).rejects.toThrow('unable to verify the first certificate');
    },
  );

  it.each([
    ['ws', broker.wsUrl],
    ['wss', broker.wssUrl],
  ])('speaks STOMP over %s where it has that', async (_, url) => {
    if (url === null) return;
    const socket = new WebSocket(url, ['v12.stomp'], { ...(ca && { ca }) });
    await once(socket, 'open');
    socket.send(hello(broker));

    const [data] = (await once(socket, 'message')) as [Buffer];

    expect(data.toString()).toMatch(/^CONNECTED/);
    socket.close();
  });

  (restricted === null ? it.skip : it)('lets the restricted user use its own queues only', async () => {
    const user = { ...broker, ...restricted };
    const own = `${restricted?.allowedPrefix ?? ''}${randomUUID()}`;
    const other = `other.${randomUUID()}`;

    const allowed = await answer(plain(broker), hello(user), send(broker, own));
    const refused = await answer(plain(broker), hello(user), send(broker, other));
    const administrator = await answer(plain(broker), hello(broker), send(broker, other));

    expect([allowed, refused, administrator]).toEqual([
      expect.stringMatching(/^RECEIPT/),
      expect.stringMatching(/^ERROR/),
      expect.stringMatching(/^RECEIPT/),
    ]);
    expect(await readQueue(broker, own, { count: 1 })).toHaveLength(1);
    expect(await readQueue(broker, other, { count: 1 })).toHaveLength(1);
  });
});

function hello({ username, password }: { username: string; password: string }): string {
  return `CONNECT\naccept-version:1.2\nhost:localhost\nlogin:${username}\npasscode:${password}\n\n\0`;
}

function send({ kind }: TestBroker, queue: string): string {
  const destination = kind === 'classic' ? `/queue/${queue}` : queue;
  return `SEND\ndestination:${destination}\ndestination-type:ANYCAST\npersistent:true\nreceipt:1\n\nany\0`;
}

function plain({ stompUrl }: TestBroker): Socket {
  return connect(portOf(stompUrl), '127.0.0.1');
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/** The last frame of as many as were sent. */
function answer(socket: Socket, ...frames: string[]): Promise<string> {
  socket.write(frames.join(''));
  return new Promise((resolve, reject) => {
    let received = '';
    socket.on('data', (data) => {
      received += data.toString();
      const complete = received.split('\0').slice(0, -1);
      if (complete.length < frames.length) return;
      resolve((complete.at(-1) ?? '').trimStart());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
