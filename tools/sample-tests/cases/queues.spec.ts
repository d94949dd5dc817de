import { queueName } from '@comms/daemon-stage';
import type { OutboundMessage } from '@comms/delivery';
import { anOutboundMessage } from '@comms/delivery/testing';
import { aDistribution } from '@comms/distribution/testing';
import { eventually } from '@comms/kit';
import { ownArtemis, ownClassic, readQueue, type TestBroker } from '@comms/test-servers';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { AmqpConsumer } from '../src/amqp-consumer.js';
import { destinationOf, StompConsumer } from '../src/stomp-consumer.js';
import { presentBrokers } from '../src/present-brokers.js';
import { putByCourier } from './put-by-courier.js';

jest.setTimeout(120_000);

/** After that long nothing comes any more. */
const SILENCE_MS = 3_000;
const LIMIT_MS = 50_000;
const FAR_FUTURE = Date.parse('2999-12-31T23:59:59.999Z');

const { classic, artemis } = await presentBrokers();
const prioritized = classic === null ? null : await ownClassic({ prioritizedMessages: true });
const withExpiryQueue = artemis === null ? null : await ownArtemis({ deadLetters: true });

afterAll(async () => {
  await prioritized?.process.stop();
  await withExpiryQueue?.process.stop();
});

if (classic === null) it.skip('no broker can be had here', () => undefined);
else describe('on ActiveMQ Classic', onClassic.bind(undefined, classic, prioritized?.broker ?? classic));
if (artemis !== null) describe('on ActiveMQ Artemis', onArtemis.bind(undefined, artemis));

function onClassic(broker: TestBroker, own: TestBroker): void {
  it('messages are delivered as they came, or by priority with prioritizedMessages', async () => {
    expect(await prioritiesInOrder(broker)).toEqual([1, 1, 4, 4, 7, 7]);
    expect(await prioritiesInOrder(own)).toEqual([7, 7, 4, 4, 1, 1]);
  });

  it('a message that has expired becomes a dead letter that says so', async () => {
    const { queue, expiresAt } = await putExpiring(own);
    expect(await readQueue(own, queue)).toEqual([]);
    const consumer = await StompConsumer.open(own, { destination: destinationOf(own, 'ActiveMQ.DLQ') });
    expect((await consumer.next(LIMIT_MS))?.headers).toMatchObject({
      commsDistributionId: '1',
      originalExpiration: String(expiresAt),
      dlqDeliveryFailureCause: expect.stringContaining('Message Expired'),
      'original-destination': destinationOf(own, queue),
    });
    await consumer.leave();
  });

  it('a STOMP client sees what docs/message-format.md says', () => seesOverStomp(broker));

  it('an AMQP client sees what docs/message-format.md says', async () => {
    const seen = await seenOverAmqp(broker);
    expect(seen).toMatchObject({
      message_id: expect.any(String),
      application_properties: { 'content-type': 'application/json' },
    });
  });
}

function onArtemis(broker: TestBroker): void {
  it.each([
    ['nothing by the name alone', {}, 0],
    ['nothing with the header that SEND has', { 'destination-type': 'ANYCAST' }, 0],
    ['all with subscription-type:ANYCAST', { 'subscription-type': 'ANYCAST' }, 2],
  ])('a STOMP consumer that is there before the first message gets %s', async (_, headers, count) => {
    const queue = queueName('first');
    const consumer = await StompConsumer.open(broker, { destination: queue, ...headers });
    await putByCourier(broker, queue, [message(1), message(2)]);
    for (let taken = 0; taken < count; taken++) {
      const next = await consumer.next(LIMIT_MS);
      await consumer.send('ACK', { id: next?.headers['ack'] ?? '' });
    }
    expect(await consumer.next(SILENCE_MS)).toBeUndefined();
    await consumer.leave();
    expect(await readQueue(broker, queue, { count: 2 - count })).toHaveLength(2 - count);
  });

  it('a STOMP consumer of /queue/ and the name gets nothing, at first and later', async () => {
    const queue = queueName('first');
    const subscription = { destination: `/queue/${queue}`, 'subscription-type': 'ANYCAST' };
    for (const rows of [[message(1)], [message(2)]]) {
      const consumer = await StompConsumer.open(broker, subscription);
      await putByCourier(broker, queue, rows);
      expect(await consumer.next(SILENCE_MS)).toBeUndefined();
      await consumer.leave();
    }
    expect(await readQueue(broker, queue, { count: 2 })).toHaveLength(2);
  });

  it.each([
    ['nothing without a capability', [], SILENCE_MS],
    ['messages with the capability queue', ['queue'], LIMIT_MS],
  ])('an AMQP consumer that is there before the first message gets %s', async (_, capabilities, limitMs) => {
    const queue = queueName('first');
    const consumer = await AmqpConsumer.open(broker, { queue, capabilities });
    const next = consumer.next(limitMs);
    await putByCourier(broker, queue, [message(1)]);
    expect((await next)?.message.subject).toBe(capabilities.length === 0 ? undefined : 'PUSH');
    await consumer.close();
    expect(await readQueue(broker, queue, { count: 1 })).toHaveLength(1);
  });

  it('a STOMP consumer is held back after 10 KiB that it has not acknowledged, unless consumer-window-size says else', async () => {
    const queue = queueName('window');
    const rows = Array.from({ length: 50 }, (_, i) => message(i + 1, { body: 'x'.repeat(1_000) }));
    await putByCourier(broker, queue, rows);
    const open = (headers = {}) =>
      StompConsumer.open(broker, { destination: queue, 'subscription-type': 'ANYCAST', ...headers });

    const held = await open();
    while ((await held.next(SILENCE_MS)) !== undefined);
    const got = held.messages.length;
    expect(got).toBeGreaterThanOrEqual(5);
    expect(got).toBeLessThanOrEqual(15);
    for (const { headers } of held.messages.slice()) await held.send('ACK', { id: headers['ack'] ?? '' });
    await eventually('more come after that', () => held.messages.length > got);
    await held.leave();

    const free = await open({ 'consumer-window-size': '-1' });
    await eventually('all others come', () => free.messages.length === rows.length - got);
    await free.leave();
    await readQueue(broker, queue, { count: rows.length - got });
  });

  it('messages are delivered by priority', async () => {
    expect(await prioritiesInOrder(broker)).toEqual([7, 7, 4, 4, 1, 1]);
  });

  it('a message that has expired goes to the expiry address, or nowhere without one', async () => {
    const own = withExpiryQueue?.broker ?? broker;
    const { queue } = await putExpiring(own);
    expect(await readQueue(own, queue)).toEqual([]);
    expect(await readQueue(own, 'ExpiryQueue', { count: 1 })).toMatchObject([
      {
        properties: {
          commsDistributionId: '1',
          _AMQ_ORIG_ADDRESS: queue,
          _AMQ_ORIG_QUEUE: queue,
          _AMQ_ACTUAL_EXPIRY: expect.any(String),
        },
      },
    ]);
    const { queue: nowhere } = await putExpiring(broker);
    expect(await readQueue(broker, nowhere)).toEqual([]);
  });

  it('a STOMP client sees what docs/message-format.md says', () => seesOverStomp(broker));

  it('an AMQP client sees what docs/message-format.md says', async () => {
    const seen = await seenOverAmqp(broker);
    expect(seen?.message_id).toBeUndefined();
    expect(seen).toMatchObject({ application_properties: { _AMQ_CONTENT_TYPE: 'application/json' } });
  });
}

function message(id: number, more: Partial<OutboundMessage> = {}): OutboundMessage {
  return anOutboundMessage({ distribution: aDistribution({ distributionId: String(id) }), ...more });
}

/** The priorities of messages that are put from the lowest to the highest, as a consumer gets them. */
async function prioritiesInOrder(broker: TestBroker): Promise<number[]> {
  const queue = queueName('order');
  const rows = ([3, 3, 2, 2, 1, 1] as const).map((priority, i) =>
    anOutboundMessage({ distribution: aDistribution({ distributionId: String(i + 1), priority }) }),
  );
  await putByCourier(broker, queue, rows);
  return (await readQueue(broker, queue, { count: rows.length })).map(({ priority }) => priority);
}

/** Puts a message, and waits until it has expired. */
async function putExpiring(broker: TestBroker): Promise<{ queue: string; expiresAt: number }> {
  const queue = queueName('expired');
  const expiresAt = Date.now() + 1_000;
  await putByCourier(broker, queue, [message(1, { expiresAt })]);
  await eventually('it has expired', () => Date.now() > expiresAt + 500);
  return { queue, expiresAt };
}

async function seenOverAmqp(broker: TestBroker) {
  const queue = queueName('seen');
  const distribution = aDistribution({ distributionId: '1', priority: 1 });
  const more = { expiresAt: FAR_FUTURE, possibleDuplicate: true };
  await putByCourier(broker, queue, [anOutboundMessage({ distribution, ...more })]);
  const consumer = await AmqpConsumer.open(broker, { queue });
  const seen = (await consumer.next(LIMIT_MS))?.message;
  await consumer.close();
  await readQueue(broker, queue, { count: 1 });
  expect(seen).toMatchObject({
    subject: 'PUSH',
    correlation_id: '1',
    priority: 7,
    durable: true,
    creation_time: expect.any(Date),
    absolute_expiry_time: new Date(FAR_FUTURE),
    application_properties: { commsDistributionId: '1', commsPossibleDuplicate: 'true' },
  });
  return seen;
}

async function seesOverStomp(broker: TestBroker): Promise<void> {
  const queue = queueName('seen');
  const distribution = aDistribution({ distributionId: '1', priority: 1 });
  const more = { expiresAt: FAR_FUTURE, possibleDuplicate: true };
  await putByCourier(broker, queue, [anOutboundMessage({ distribution, ...more })]);
  const subscription = { destination: destinationOf(broker, queue), 'subscription-type': 'ANYCAST' };
  const consumer = await StompConsumer.open(broker, subscription);
  const headers = (await consumer.next(LIMIT_MS))?.headers;
  await consumer.leave();
  await readQueue(broker, queue, { count: 1 });
  expect(headers).toMatchObject({
    type: 'PUSH',
    'correlation-id': '1',
    'message-id': expect.any(String),
    expires: String(FAR_FUTURE),
    priority: '7',
    persistent: 'true',
    timestamp: expect.stringMatching(/^[0-9]{13}$/),
    deliveryMethod: 'PUSH',
    commsDistributionId: '1',
    commsPossibleDuplicate: 'true',
    'content-type': 'application/json',
  });
  expect(headers?.['_AMQ_DUPL_ID']).toBe(broker.kind === 'artemis' ? '1-0' : undefined);
}
