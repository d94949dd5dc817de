import { queueName } from '@comms/daemon-stage';
import { anOutboundMessage } from '@comms/delivery/testing';
import type { Priority } from '@comms/distribution';
import { aDistribution } from '@comms/distribution/testing';
import { eventually } from '@comms/kit';
import {
  type OwnBroker,
  ownArtemis,
  ownClassic,
  readQueue,
  type TestBroker,
  testArtemis,
  testClassic,
} from '@comms/test-servers';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { AmqpConsumer } from '../src/amqp-consumer.js';
import { destinationOf, StompConsumer } from '../src/stomp-consumer.js';
import { putByCourier } from './put-by-courier.js';

jest.setTimeout(120_000);

/** After that long nothing comes any more. */
const SILENCE_MS = 3_000;

const classic = await testClassic();
const artemis = await testArtemis();
const own: (OwnBroker | null)[] = [];
const keep = <T extends OwnBroker | null>(broker: T): T => {
  own.push(broker);
  return broker;
};
const prioritized = keep(await ownClassic({ prioritizedMessages: true }));
const withDeadLetters = keep(await ownArtemis({ deadLetters: true }));
afterAll(() => Promise.all(own.map((each) => each?.process.stop())));

const itOnArtemis = artemis === null ? it.skip : it;

describe('a consumer that is there before the first message, on Artemis,', () => {
  itOnArtemis.each([
    ['nothing by the name alone', {}, 0],
    ['nothing with the header that SEND has', { 'destination-type': 'ANYCAST' }, 0],
    ['all with subscription-type:ANYCAST', { 'subscription-type': 'ANYCAST' }, 2],
  ])('gets %s over STOMP', async (_, headers, count) => {
    const { broker, queue } = aQueue(artemis);
    const consumer = await StompConsumer.open(broker, { destination: queue, ...headers });
    await putByCourier(broker, queue, messages(2));
    for (let taken = 0; taken < count; taken++) {
      const message = await consumer.next(LIMIT_MS);
      await consumer.send('ACK', { id: message?.headers['ack'] ?? '' });
    }
    expect(await consumer.next(SILENCE_MS)).toBeUndefined();
    await consumer.leave();
    expect(await readQueue(broker, queue, { count: 2 - count })).toHaveLength(2 - count);
  });

  itOnArtemis('gets nothing over STOMP of /queue/ and the name, neither then nor later', async () => {
    const { broker, queue } = aQueue(artemis);
    const subscription = { destination: `/queue/${queue}`, 'subscription-type': 'ANYCAST' };
    const consumer = await StompConsumer.open(broker, subscription);
    await putByCourier(broker, queue, messages(2));
    expect(await consumer.next(SILENCE_MS)).toBeUndefined();
    await consumer.leave();
    const later = await StompConsumer.open(broker, subscription);
    expect(await later.next(SILENCE_MS)).toBeUndefined();
    await later.leave();
    expect(await readQueue(broker, queue, { count: 2 })).toHaveLength(2);
  });

  itOnArtemis.each([
    ['nothing without a capability', [], 0],
    ['a message with the capability queue', ['queue'], 1],
  ])('gets %s over AMQP', async (_, capabilities, count) => {
    const { broker, queue } = aQueue(artemis);
    const consumer = await AmqpConsumer.open(broker, { queue, capabilities });
    const next = consumer.next(count === 0 ? SILENCE_MS : LIMIT_MS);
    await putByCourier(broker, queue, messages(2));
    expect((await next) === undefined ? 0 : 1).toBe(count);
    await consumer.close();
    expect(await readQueue(broker, queue, { count: 2 })).toHaveLength(2);
  });
});

describe('a STOMP consumer of Artemis that acknowledges nothing', () => {
  itOnArtemis.each([
    ['is held back after 10 KiB', {}, 12],
    ['gets all with consumer-window-size', { 'consumer-window-size': '-1' }, 50],
  ])('%s', async (_, headers, most) => {
    const { broker, queue } = aQueue(artemis);
    await putByCourier(broker, queue, messages(50, { body: 'x'.repeat(1_000) }));
    const subscription = { destination: queue, 'subscription-type': 'ANYCAST', ...headers };
    const consumer = await StompConsumer.open(broker, subscription);
    while ((await consumer.next(SILENCE_MS)) !== undefined);
    const got = consumer.messages.length;
    expect(got).toBeGreaterThan(0);
    expect(got).toBeLessThanOrEqual(most);
    if (most === 50) expect(got).toBe(50);
    for (const { headers: of } of consumer.messages.slice())
      await consumer.send('ACK', { id: of['ack'] ?? '' });
    if (most < 50) await eventually('more come', () => consumer.messages.length > got);
    await consumer.leave();
  });
});

describe('the order of a queue', () => {
  it.each([
    ['Classic as it comes', classic, [1, 1, 4, 4, 7, 7]],
    ['Classic with prioritizedMessages', prioritized.broker, [7, 7, 4, 4, 1, 1]],
    ['Artemis', artemis, [7, 7, 4, 4, 1, 1]],
  ])('of %s', async (_, broker, expected) => {
    if (broker === null) return;
    const queue = queueName('order');
    const rows = ([3, 3, 2, 2, 1, 1] as const).map((priority, i) => message(i + 1, { priority }));
    await putByCourier(broker, queue, rows);
    const read = await readQueue(broker, queue, { count: rows.length });
    expect(read.map(({ priority }) => priority)).toEqual(expected);
  });
});

describe('a message that has expired', () => {
  it.each([
    ['Classic', classic, 'ActiveMQ.DLQ', ['dlqDeliveryFailureCause', 'originalExpiration']],
    [
      'Artemis',
      withDeadLetters?.broker ?? null,
      'ExpiryQueue',
      ['_AMQ_ORIG_ADDRESS', '_AMQ_ORIG_QUEUE', '_AMQ_ACTUAL_EXPIRY'],
    ],
    ['Artemis without an expiry address', artemis, undefined, []],
  ])('on %s', async (_, broker, place, added) => {
    if (broker === null) return;
    const queue = queueName('expired');
    const expiresAt = Date.now() + 1_000;
    await putByCourier(broker, queue, [message(1, {}, { expiresAt })]);
    await eventually('it has expired', () => Date.now() > expiresAt + 500);
    expect(await readQueue(broker, queue)).toEqual([]);
    const found = place === undefined ? [] : await readQueue(broker, place, { count: 1 });
    process.stderr.write(`${JSON.stringify(found)} ${added.join()}\n`);
  });
});

describe('an AMQP client', () => {
  it.each([classic, artemis].filter((broker) => broker !== null))('sees on $kind', async (broker) => {
    const queue = queueName('amqp');
    await putByCourier(broker, queue, [
      message(1, { priority: 1 }, { expiresAt: EXPIRES_AT, possibleDuplicate: true }),
    ]);
    const consumer = await AmqpConsumer.open(broker, { queue });
    const delivery = await consumer.next(LIMIT_MS);
    process.stderr.write(`${JSON.stringify(delivery?.message)}\n`);
    await consumer.close();
    await readQueue(broker, queue, { count: 1 });
  });
});

const LIMIT_MS = 50_000;
const EXPIRES_AT = Date.parse('2999-12-31T23:59:59.999Z');

function aQueue(broker: TestBroker | null) {
  if (broker === null) throw new Error('no broker');
  return { broker, queue: queueName('queue') };
}

function messages(count: number, more = {}) {
  return Array.from({ length: count }, (_, i) => message(i + 1, {}, more));
}

function message(id: number, row: { priority?: Priority } = {}, more = {}) {
  return anOutboundMessage({ distribution: aDistribution({ distributionId: String(id), ...row }), ...more });
}

export { destinationOf };
