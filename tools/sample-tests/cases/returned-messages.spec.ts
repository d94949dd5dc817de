import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queueName } from '@comms/daemon-stage';
import { anOutboundMessage } from '@comms/delivery/testing';
import { aDistribution } from '@comms/distribution/testing';
import { repositoryPath } from '@comms/kit';
import { ifPresent, ownArtemis, type QueueMessage, readQueue, type TestBroker } from '@comms/test-servers';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { AmqpConsumer, type AmqpDelivery } from '../src/amqp-consumer.js';
import { javaProgram } from '../src/java-program.js';
import { type JmsClient, type JmsPlace, runJmsProgram } from '../src/jms-client.js';
import { jmsView } from '../src/jms-view.js';
import { destinationOf, StompConsumer } from '../src/stomp-consumer.js';
import { NO_BROKERS, presentBrokers } from '../src/present-brokers.js';
import { putByCourier } from './put-by-courier.js';

jest.setTimeout(240_000);

/** After that long a message does not come again. */
const SILENCE_MS = 3_000;
/** What has come so often comes again and again. */
const ENOUGH = 40;

/** Has a consumer give its message back for as long as it comes, and returns how often it came. */
type Way = (broker: TestBroker, queue: string) => Promise<number>;

/** How often a message comes, and whether it is a dead letter then. */
interface Fate {
  readonly deliveries: number | 'again and again' | 'some';
  readonly then?: 'dead letter' | 'gone';
}

/** The table of docs/message-format.md. */
const WAYS: Readonly<Record<string, { way: Way; classic: Fate; artemis: Fate }>> = {
  'STOMP: NACK': {
    way: overStomp((consumer, id) => consumer.send('NACK', { id })),
    classic: { deliveries: 1, then: 'dead letter' },
    artemis: { deliveries: 1, then: 'gone' },
  },
  'STOMP: ACK, then ABORT': {
    way: overStomp(async (consumer, id) => {
      await consumer.send('BEGIN', { transaction: 't' });
      await consumer.send('ACK', { id, transaction: 't' });
      await consumer.send('ABORT', { transaction: 't' });
    }),
    classic: { deliveries: 'again and again' },
    artemis: { deliveries: 1, then: 'gone' },
  },
  'STOMP: leaves without ACK': {
    way: overStomp(() => Promise.resolve()),
    classic: { deliveries: 'again and again' },
    artemis: { deliveries: 10, then: 'dead letter' },
  },
  'JMS: rollback': {
    way: overJms('rollback'),
    classic: { deliveries: 7, then: 'dead letter' },
    artemis: { deliveries: 10, then: 'dead letter' },
  },
  'JMS: leaves its transaction': {
    way: overJms('leave a transaction'),
    classic: { deliveries: 7, then: 'dead letter' },
    artemis: { deliveries: 10, then: 'dead letter' },
  },
  'JMS: leaves without acknowledging': {
    way: overJms('leave'),
    classic: { deliveries: 'again and again' },
    artemis: { deliveries: 10, then: 'dead letter' },
  },
  'AMQP: reject': {
    way: overAmqp(async (consumer, delivery) => {
      delivery.reject();
      await consumer.close();
    }),
    classic: { deliveries: 1, then: 'dead letter' },
    artemis: { deliveries: 1, then: 'dead letter' },
  },
  'AMQP: leaves': {
    way: overAmqp((consumer) => consumer.close()),
    classic: { deliveries: 'again and again' },
    artemis: { deliveries: 'again and again' },
  },
  'AMQP: is killed': {
    way: overAmqp((consumer) => consumer.leave()),
    classic: { deliveries: 'again and again' },
    artemis: { deliveries: 'some' },
  },
};

const folder = await mkdtemp(join(tmpdir(), 'comms-returned-'));
const classPath = await ifPresent('java', () =>
  javaProgram(repositoryPath('tools/sample-tests/java'), folder),
);
const { classic, artemis } = classPath === null ? NO_BROKERS : await presentBrokers();
const own = artemis === null ? null : await ownArtemis({ deadLetters: true });
const places = [
  { name: 'Classic', broker: classic, deadLetters: 'ActiveMQ.DLQ' },
  { name: 'Artemis without a dead-letter address', broker: artemis, deadLetters: undefined },
  { name: 'Artemis with one', broker: own?.broker ?? null, deadLetters: 'DLQ' },
].flatMap(({ broker, ...place }) => (broker === null ? [] : { broker, ...place }));

afterAll(async () => {
  await own?.process.stop();
  await rm(folder, { recursive: true, force: true });
});

if (places.length === 0) {
  // Hooks don't run where every test is skipped.
  await rm(folder, { recursive: true });
  it.skip('no broker can be had here', () => undefined);
} else describe.each(places)('a message that its consumer gives back, on $name', suite);

function suite({ broker, deadLetters }: { broker: TestBroker; deadLetters: string | undefined }): void {
  const client: JmsClient = broker.kind === 'classic' ? 'openwire' : 'core';

  it.each(Object.entries(WAYS))('has the fate of docs/message-format.md: %s', async (_, fates) => {
    const { queue, id } = await putOne(broker);
    const { way, [broker.kind]: fate } = fates;
    const deliveries = await way(broker, queue);
    const left = await readQueue(broker, queue);
    const dead = await deadLettersOf(id);

    if (fate.deliveries === 'some') expect(deliveries).toBeGreaterThanOrEqual(10);
    else expect(deliveries).toBe(fate.deliveries === 'again and again' ? ENOUGH : fate.deliveries);
    expect(left).toHaveLength(deliveries === ENOUGH ? 1 : 0);
    const isDead = deliveries < ENOUGH && fate.then !== 'gone' && deadLetters !== undefined;
    expect(dead).toMatchObject(isDead ? [{ properties: headersOf(id) }] : []);
  });

  it.each([
    ['as it is', 'send again', { classic: 'sent 1', artemis: 'sent 0' }],
    ['as a copy with all its properties', 'send a copy', { classic: 'sent 1', artemis: 'sent 0' }],
    ['in a transaction', 'send again in a transaction', { classic: 'sent 1', artemis: 'JMSException 1' }],
    ['with our properties alone', 'send a copy of our properties', { classic: 'sent 1', artemis: 'sent 1' }],
  ])(
    'may be sent to its own queue %s, and is there as docs/message-format.md says',
    async (_, way, expected) => {
      const { queue } = await putOne(broker);
      const told = await runReturns({ client, broker, queue }, way);
      const there = await readQueue(broker, queue);
      expect(`${told} ${there.length}`).toBe(expected[broker.kind]);
    },
  );

  if (deadLetters === undefined) return;

  it('says as a dead letter where it comes from, to each client in its own way', async () => {
    const { queue, id } = await putOne(broker);
    // By the policy of the client, on Artemis too.
    expect(await runReturns({ client: 'openwire', broker, queue }, 'rollback')).toBe('7');
    const seenBy = async (client: JmsClient) =>
      (await jmsView(classPath ?? '', { client, broker, queue: deadLetters }, [])).messages.at(-1)
        ?.properties;
    const cause = expect.stringMatching(/^String java\.lang\.Throwable: .*exceeds redelivery policy limit/s);
    expect(await seenBy('openwire')).toMatchObject({ dlqDeliveryFailureCause: cause });
    if (broker.kind === 'artemis') {
      const origin = { _AMQ_ORIG_QUEUE: `String ${queue}`, _AMQ_ORIG_ADDRESS: `String ${queue}` };
      expect(await seenBy('core')).toMatchObject(origin);
      expect(await seenBy('openwire')).not.toMatchObject(origin);
    } else {
      const destination = destinationOf(broker, deadLetters);
      const selector = `commsDistributionId = '${id}'`;
      const consumer = await StompConsumer.open(broker, { destination, selector });
      const { headers = {} } = (await consumer.next(LIMIT_MS)) ?? {};
      expect(headers['original-destination']).toBe(destinationOf(broker, queue));
      await consumer.leave();
    }
    await readQueue(broker, deadLetters, { count: 1 });
  });

  if (broker.kind === 'classic') return;

  it("comes back by the broker's own retry, which is not taken for a repeat", async () => {
    const { queue, id } = await putOne(broker);
    const consumer = await AmqpConsumer.open(broker, { queue });
    (await consumer.next(LIMIT_MS))?.reject();
    await consumer.close();
    const manager = await StompConsumer.open(broker, { destination: queueName('nothing') });
    const retry = { _AMQ_ResourceName: `queue.${deadLetters}`, _AMQ_OperationName: 'retryMessages' };
    await manager.send('SEND', { destination: 'activemq.management', ...retry }, '[]');
    await manager.leave();
    expect(await readQueue(broker, queue, { count: 1 })).toMatchObject([{ properties: headersOf(id) }]);
  });

  async function deadLettersOf(id: string): Promise<QueueMessage[]> {
    if (deadLetters === undefined) return [];
    const all = await readQueue(broker, deadLetters);
    return all.filter(({ properties }) => properties['commsDistributionId'] === id);
  }
}

const LIMIT_MS = 50_000;

let lastId = Date.now();

async function putOne(broker: TestBroker): Promise<{ readonly queue: string; readonly id: string }> {
  const queue = queueName('returned');
  const id = String((lastId += 1));
  const distribution = aDistribution({ distributionId: id });
  await putByCourier(broker, queue, [anOutboundMessage({ distribution })]);
  return { queue, id };
}

/** What stands in a message of {@link putOne}, wherever it is. */
function headersOf(id: string): Readonly<Record<string, string>> {
  return {
    commsDistributionId: id,
    commsRequestId: '1001',
    commsCode: 'BILL_READY',
    commsSending: '0',
    deliveryMethod: 'PUSH',
  };
}

function overStomp(giveBack: (consumer: StompConsumer, id: string) => Promise<void>): Way {
  return async (broker, queue) => {
    const destination = destinationOf(broker, queue);
    for (let deliveries = 0; ; deliveries++) {
      if (deliveries === ENOUGH) return deliveries;
      const consumer = await StompConsumer.open(broker, { destination, 'subscription-type': 'ANYCAST' });
      const message = await consumer.next(SILENCE_MS);
      if (message !== undefined) await giveBack(consumer, message.headers['ack'] ?? '');
      await consumer.leave();
      if (message === undefined) return deliveries;
    }
  };
}

function overAmqp(giveBack: (consumer: AmqpConsumer, delivery: AmqpDelivery) => Promise<void>): Way {
  return async (broker, queue) => {
    for (let deliveries = 0; ; deliveries++) {
      if (deliveries === ENOUGH) return deliveries;
      const consumer = await AmqpConsumer.open(broker, { queue });
      const delivery = await consumer.next(SILENCE_MS);
      await (delivery === undefined ? consumer.close() : giveBack(consumer, delivery));
      if (delivery === undefined) return deliveries;
    }
  };
}

/** By OpenWire on Classic, by the core protocol on Artemis. */
function overJms(way: string): Way {
  return async (broker, queue) => {
    const client = broker.kind === 'classic' ? 'openwire' : 'core';
    return Number(await runReturns({ client, broker, queue }, way));
  };
}

async function runReturns(place: JmsPlace, way: string): Promise<string> {
  return (await runJmsProgram([classPath ?? '', 'JmsReturns'], place, [way, String(ENOUGH)])).trim();
}
