import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { readQueue } from './read-queue.js';
import { testArtemis, testClassic } from './test-brokers.js';
import type { TestBroker } from './test-broker.js';

const classic = await testClassic();
const artemis = await testArtemis();

const readers: [string, TestBroker][] = [
  ['Classic over STOMP', { ...classic, amqpUrl: null }],
  ...(classic.amqpUrl === null ? [] : [['Classic over AMQP', classic] satisfies [string, TestBroker]]),
  ...(artemis === null ? [] : [['Artemis over AMQP', artemis] satisfies [string, TestBroker]]),
];

describe.each(readers)('readQueue, %s', (_, broker) => {
  it('shows a text message with all that was sent', async () => {
    const queue = await put(
      broker,
      'persistent:true\npriority:7\ncontent-type:application/json\nkey:va\\clue\n\n{"a":"ü 😀"}',
    );

    expect(await readQueue(broker, queue, { count: 1 })).toEqual([
      {
        kind: 'text',
        body: '{"a":"ü 😀"}',
        priority: 7,
        persistent: true,
        contentType: 'application/json',
        properties: expect.objectContaining({ key: 'va:lue' }),
      },
    ]);
  });

  it('reports a bytes message that is not persistent', async () => {
    const queue = await put(broker, 'content-length:3\n\nabc');

    expect(await readQueue(broker, queue, { count: 1 })).toEqual([
      expect.objectContaining({ kind: 'bytes', body: 'abc', priority: 4, persistent: false }),
    ]);
  });

  it('reads 10,000 messages in order', async () => {
    const numbers = Array.from({ length: 10_000 }, (_none, at) => String(at));
    const queue = await put(broker, ...numbers.map((number) => `\n${number}`));

    const messages = await readQueue(broker, queue, { count: 10_000, timeoutMs: 90_000 });

    expect(messages.map(({ body }) => body)).toEqual(numbers);
  }, 120_000);

  it('leaves no timer behind, which would keep a suite from ending', async () => {
    const queue = await put(broker, '\none');
    const before = timers();

    await readQueue(broker, queue, { count: 1 });

    // The test runner has timers too, which come and go.
    for (let tries = 0; tries < 1_000 && timers() > before; tries++) await setTimeout(20);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('shows a message too many', async () => {
    const queue = await put(broker, '\none', '\ntwo');

    expect(await readQueue(broker, queue, { count: 1 })).toHaveLength(2);
  });

  it('takes the messages off the queue', async () => {
    const queue = await put(broker, '\none');
    await readQueue(broker, queue, { count: 1 });

    expect(await readQueue(broker, queue)).toEqual([]);
  });

  it('says how many came when some are missing', async () => {
    const queue = await put(broker, '\none');

    await expect(readQueue(broker, queue, { count: 2, timeoutMs: 600 })).rejects.toThrow('1 of 2 messages');
  });

  it('fails when the broker refuses it', async () => {
    const stranger = { ...broker, password: 'wrong' };

    await expect(readQueue(stranger, 'any', { count: 1 })).rejects.toMatchObject({ code: 'NOT_ALL_READ' });
  });
});

function timers(): number {
  return process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length;
}

/** Puts messages, each "headers, empty line, body", on a new queue, and waits for the last one's receipt. */
async function put(broker: TestBroker, ...messages: string[]): Promise<string> {
  const queue = `read-queue.${randomUUID()}`;
  const socket = connect(Number(new URL(broker.stompUrl).port), '127.0.0.1');
  socket.write(
    `CONNECT\naccept-version:1.2\nhost:any\nlogin:${broker.username}\npasscode:${broker.password}\n\n\0`,
  );
  const destination = broker.kind === 'classic' ? `/queue/${queue}` : queue;
  const head = `SEND\ndestination:${destination}\ndestination-type:ANYCAST\n`;
  socket.write(messages.map((message) => `${head}${message}\0`).join(''));
  socket.end('DISCONNECT\nreceipt:done\n\n\0');
  await receipt(socket);
  return queue;
}

async function receipt(socket: Socket): Promise<void> {
  let received = '';
  socket.on('data', (data) => {
    received += data.toString();
  });
  await once(socket, 'close');
  expect(received).toContain('receipt-id:done');
}
