import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { aConfig } from '@comms/config/testing';
import type { OutboundMessage, PutOutcome } from '@comms/delivery';
import { anOutboundMessage } from '@comms/delivery/testing';
import type { Distribution } from '@comms/distribution';
import { aDistribution } from '@comms/distribution/testing';
import {
  type OwnBroker,
  ownClassic,
  readQueue,
  type TestBroker,
  testArtemis,
  testClassic,
} from '@comms/test-servers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { aBrokerConfig } from './testing/a-broker-config.js';
import { eventually } from './testing/eventually.js';
import type { BrokerConfig } from './broker.config.js';
import { QueueConfig } from './queue.config.js';
import { QueueCourier } from './queue-courier.js';

const classic = await testClassic();
const artemis = await testArtemis();
const brokers = [classic, ...(artemis === null ? [] : [artemis])];

describe.each(brokers.map((broker) => ({ name: `ActiveMQ ${broker.kind}`, broker })))(
  'on $name',
  ({ broker }) => {
    const { restricted } = broker;

    it('a batch arrives as persistent text messages with the headers of the contract', async () => {
      const { courier, queue } = setup(broker);
      const rows = ([1, 2, 3] as const).map((priority) =>
        anOutboundMessage({
          distribution: aDistribution({
            distributionId: String(priority),
            commsRequestId: '45',
            commsCode: 'BILL:a\\b\nc',
            deliveryMethod: 'SMS',
            priority,
          }),
          body: JSON.stringify({ message: 'Zoë 🙂 \u2028 שלום' }),
          possibleDuplicate: priority === 3,
        }),
      );
      expect(kindsOf(await courier.put(rows))).toEqual(['sent', 'sent', 'sent']);
      const messages = await readQueue(broker, queue, { count: 3 });
      expect(messages.map(({ priority }) => priority).sort()).toEqual([1, 4, 7]);
      for (const { body, properties, ...envelope } of messages) {
        const { priority } = envelope;
        const id = { 7: '1', 4: '2', 1: '3' }[priority];
        expect(envelope).toEqual({
          kind: 'text',
          persistent: true,
          priority,
          contentType: 'application/json',
          type: 'SMS',
          correlationId: id,
        });
        expect(JSON.parse(body)).toEqual({ message: 'Zoë 🙂 \u2028 שלום' });
        expect(properties).toMatchObject({
          commsRequestId: '45',
          commsSending: '0',
          commsCode: 'BILL:a\\b\nc',
          deliveryMethod: 'SMS',
          commsDistributionId: id,
        });
        expect(properties['commsPossibleDuplicate']).toBe(priority === 1 ? 'true' : undefined);
      }
    });

    it('a message that has expired is not read, and one that has not expired has its time exclusion', async () => {
      const { courier, queue } = setup(broker);
      const timeExclusion = '2999-12-31T23:59:59.999Z';
      const [late, due] = batch(2).map((row, index) => ({
        ...row,
        distribution: { ...row.distribution, timeExclusion },
        expiresAt: index === 0 ? Date.now() + 1_000 : Date.parse(timeExclusion),
        environment: 'test-2',
      })) as [OutboundMessage & { expiresAt: number }, OutboundMessage];
      expect(kindsOf(await courier.put([late, due]))).toEqual(['sent', 'sent']);
      await until(late.expiresAt + 500);
      const messages = await readQueue(broker, queue, { count: 1 });
      expect(messages.map(({ properties }) => properties)).toMatchObject([
        { commsDistributionId: '2', commsTimeExclusion: timeExclusion, commsEnvironment: 'test-2' },
      ]);
    });

    it.each(urlsOf(broker))('messages of all sizes arrive whole over $scheme', async ({ url }) => {
      const { courier, queue } = setup(broker, { url: [url] });
      const bodies = [
        JSON.stringify('x'),
        JSON.stringify('ä'.repeat(20_000)),
        JSON.stringify('€'.repeat(400_000)),
      ];
      const sizes = url.startsWith('ws') && broker.kind === 'classic' ? bodies.slice(0, 2) : bodies;
      const rows = batch(sizes.length).map((row, index) => ({ ...row, body: sizes[index] ?? '' }));
      expect(kindsOf(await courier.put(rows))).toEqual(rows.map(() => 'sent'));
      const messages = await readQueue(broker, queue, { count: rows.length });
      expect(new Set(messages.map(({ body }) => body))).toEqual(new Set(sizes));
    });

    it('each message of a large batch arrives once', async () => {
      const { courier, queue } = setup(broker);
      expect(new Set(kindsOf(await courier.put(batch(2_500))))).toEqual(new Set(['sent']));
      const ids = (await readQueue(broker, queue, { count: 2_500 })).map(idOf);
      expect(ids).toHaveLength(2_500);
      expect(new Set(ids).size).toBe(2_500);
    });

    it('a wrong password is reported', async () => {
      const { courier } = setup(broker, { password: 'mistaken' });
      await courier.prepare();
      expect(courier.condition()).toMatchObject({ state: 'down', code: 'BROKER_LOGIN_REFUSED' });
    });

    if (restricted === null) return;

    it('a missing right to the queue is reported, and no row is at fault', async () => {
      const { username, password } = restricted;
      const { courier } = setup(broker, { username, password });
      expect(await courier.put(batch(3))).toMatchObject(
        batch(3).map(() => ({
          kind: expect.stringMatching(/^(untouched|unknown)$/),
          code: 'BROKER_NOT_AUTHORISED',
        })),
      );
      expect(courier.condition()).toMatchObject({ state: 'blocked', code: 'BROKER_NOT_AUTHORISED' });
    });
  },
);

if (artemis !== null) {
  describe('Artemis', () => {
    it('drops what is put again after an unknown outcome, and confirms it', async () => {
      const { courier, queue } = setup(artemis);
      await courier.put(batch(3));
      expect(kindsOf(await courier.put(batch(3, { possibleDuplicate: true })))).toEqual([
        'sent',
        'sent',
        'sent',
      ]);
      expect(kindsOf(await courier.put(batch(5)))).toEqual(batch(5).map(() => 'sent'));
      expect((await readQueue(artemis, queue, { count: 5 })).map(idOf).sort()).toEqual([
        '1',
        '2',
        '3',
        '4',
        '5',
      ]);
    });

    it('that refuses each message and closes gets all messages, and no consumer reads the trial message', async () => {
      const { courier, queue } = setup(artemis);
      const unknown = 0 as Distribution['priority'];
      const rows = batch(20).map((row) => ({
        ...row,
        distribution: { ...row.distribution, priority: unknown },
      }));
      expect(await courier.put(rows)).toEqual(
        rows.map(() => expect.objectContaining({ kind: 'retry', code: 'BROKER_REFUSED_MESSAGE' })),
      );
      expect(await readQueue(artemis, queue)).toEqual([]);
      expect(kindsOf(await courier.put(batch(2)))).toEqual(['sent', 'sent']);
    });

    it('that confirms a transaction before it reports refused messages of it is not believed', async () => {
      const unknown = 0 as Distribution['priority'];
      for (let round = 0; round < 20; round++) {
        const { courier, queue } = setup(artemis);
        const rows = batch(20).map((row, index) =>
          index === 19 ? row : { ...row, distribution: { ...row.distribution, priority: unknown } },
        );
        expect(idsWhere(await courier.put(rows), 'sent')).toEqual(['20']);
        expect((await readQueue(artemis, queue, { count: 1 })).map(idOf)).toEqual(['20']);
      }
    });

    it('that refuses messages among good ones gets the good ones, and none of them is at fault', async () => {
      const unknown = 0 as Distribution['priority'];
      const refused = [2, 5, 6, 12, 30];
      for (let round = 0; round < 10; round++) {
        const { courier, queue } = setup(artemis);
        const rows = batch(40).map((row, index) =>
          refused.includes(index)
            ? { ...row, distribution: { ...row.distribution, priority: unknown } }
            : row,
        );
        const outcomes = await courier.put(rows);
        expect(kindsOf(outcomes)).toEqual(
          rows.map((_, index) => (refused.includes(index) ? 'retry' : 'sent')),
        );
        // Artemis may still commit the rest of the transaction that it closed at, so one or the other is there twice.
        const ids = new Set((await readQueue(artemis, queue, { count: 35 })).map(idOf));
        expect(ids.size).toBe(35);
      }
    });

    it('does not drop what is sent again on purpose', async () => {
      const { courier, queue } = setup(artemis);
      await courier.put(batch(2));
      const requeued = batch(2).map((row) => ({
        ...row,
        distribution: { ...row.distribution, sending: 'another' },
      }));
      await courier.put(requeued);
      expect(await readQueue(artemis, queue, { count: 4 })).toHaveLength(4);
    });
  });
}

describe('Classic', () => {
  it('takes the others when it cannot read one row', async () => {
    const { courier, queue } = setup(classic);
    const rows = batch(5).map((row, index) =>
      index === 2 ? { ...row, distribution: { ...row.distribution, commsCode: 'x'.repeat(12_000) } } : row,
    );
    expect(idsWhere(await courier.put(rows), 'sent')).toEqual(['1', '2', '4', '5']);
    const messages = await readQueue(classic, queue, { count: 4 });
    expect(new Set(messages.map(idOf))).toEqual(new Set(['1', '2', '4', '5']));
  });

  it('that refuses a transaction larger than the memory of the queue gets smaller ones', async () => {
    const own = await start({ queueMemoryBytes: 100_000 });
    const { courier, queue, events } = setup(own.broker);
    expect(new Set(kindsOf(await courier.put(batch(300))))).toEqual(new Set(['sent']));
    expect(events).toContain('transactions-shrunk');
    const ids = (await readQueue(own.broker, queue, { count: 300 })).map(idOf);
    expect(ids).toHaveLength(300);
    expect(new Set(ids).size).toBe(300);
    events.length = 0;
    expect(new Set(kindsOf(await courier.put(batch(40))))).toEqual(new Set(['sent']));
    expect(events).toEqual([]);
  }, 60_000);

  it('that blocks on a transaction larger than the memory of the queue is unblocked, and gets smaller ones', async () => {
    const own = await start({ queueMemoryBytes: 100_000, whenFull: 'block' });
    const { courier, queue, events } = setup(own.broker, { receiptTimeout: 1_000, heartBeat: 1_000 });
    const rows = batch(300);
    expect(kindsOf(await courier.put(rows))).toContain('unknown');
    expect(courier.condition()).toMatchObject({ state: 'blocked', code: 'BROKER_BLOCKED' });
    let open = rows.map((row) => ({ ...row, possibleDuplicate: true }));
    await eventually('all rows are taken', async () => {
      const outcomes = await courier.put(open);
      open = open.filter((_, index) => outcomes[index]?.kind !== 'sent');
      return open.length === 0;
    });
    expect(courier.condition().state).toBe('up');
    expect(events).toContain('transactions-shrunk');
    const ids = (await readQueue(own.broker, queue, { count: 300 })).map(idOf);
    expect(new Set(ids).size).toBe(300);
  }, 60_000);

  it('keeps confirmed messages when it is killed, and is found again afterwards', async () => {
    const own = await start();
    const { courier, queue } = setup(own.broker);
    expect(new Set(kindsOf(await courier.put(batch(50))))).toEqual(new Set(['sent']));
    await own.process.signal('SIGKILL');
    // Until the end of the connection is seen, a message may go into it.
    await eventually('its end is seen', () => Promise.resolve(courier.condition().state !== 'up'));
    expect(new Set(kindsOf(await courier.put(batch(5, {}, 51))))).toEqual(new Set(['untouched']));
    expect(courier.condition().state).toBe('down');
    await own.process.restart();
    expect(new Set(kindsOf(await courier.put(batch(5, {}, 51))))).toEqual(new Set(['sent']));
    const ids = (await readQueue(own.broker, queue, { count: 55 })).map(idOf);
    expect(ids).toHaveLength(55);
    expect(new Set(ids).size).toBe(55);
  }, 90_000);

  it('that is stopped is given up after the limits, and used again when it continues', async () => {
    const own = await start();
    const { courier, queue } = setup(own.broker, { receiptTimeout: 500, connectTimeout: 500 });
    await eventually('it is connected', async () => {
      await courier.prepare();
      return courier.condition().state === 'up';
    });
    await own.process.signal('SIGSTOP');
    expect(new Set(kindsOf(await courier.put(batch(3))))).toEqual(new Set(['unknown']));
    expect(courier.condition().state).not.toBe('up');
    await own.process.signal('SIGCONT');
    await eventually('the broker accepts the login', async () => {
      await courier.prepare();
      return (await courier.put(batch(3, { possibleDuplicate: true }))).every(({ kind }) => kind === 'sent');
    });
    expect(courier.condition().state).toBe('up');
    const ids = (await readQueue(own.broker, queue, { count: 3 })).map(idOf);
    expect(new Set(ids)).toEqual(new Set(['1', '2', '3']));
  }, 60_000);
});

const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function start(limits: Parameters<typeof ownClassic>[0] = {}): Promise<OwnBroker> {
  const own = await ownClassic(limits);
  opened.push({ close: () => own.process.stop() });
  return own;
}

function setup(
  { stompUrl, username, password, caFile }: TestBroker,
  config: Partial<BrokerConfig> = {},
  queue = `test.${randomUUID()}`,
) {
  const tls = caFile === null ? {} : { tlsCaFile: caFile };
  const limits = { connectTimeout: 10_000, receiptTimeout: 15_000 };
  const courier = new QueueCourier(
    aBrokerConfig({ url: [stompUrl], username, password, ...tls, ...limits, ...config }),
    aConfig(QueueConfig, { queue }),
  );
  const events: string[] = [];
  courier.subscribe(({ type }) => events.push(type));
  opened.push({ close: () => courier.stop() });
  return { courier, queue, events };
}

function urlsOf({ stompUrl, stompSslUrl, wsUrl, wssUrl }: TestBroker): { scheme: string; url: string }[] {
  return [stompUrl, stompSslUrl, wsUrl, wssUrl]
    .filter((url) => url !== null)
    .map((url) => ({ url, scheme: url.replace(/:.*/, '') }));
}

function batch(size: number, overrides: Partial<OutboundMessage> = {}, firstId = 1): OutboundMessage[] {
  return Array.from({ length: size }, (_, index) =>
    anOutboundMessage({
      distribution: aDistribution({ distributionId: String(firstId + index) }),
      ...overrides,
    }),
  );
}

function kindsOf(outcomes: readonly PutOutcome[]): string[] {
  return outcomes.map(({ kind }) => kind);
}

function idsWhere(outcomes: readonly PutOutcome[], wanted: PutOutcome['kind']): string[] {
  return outcomes.flatMap(({ kind }, index) => (kind === wanted ? [String(index + 1)] : []));
}

function idOf({ properties }: { properties: Readonly<Record<string, string>> }): string {
  return properties['commsDistributionId'] ?? '';
}

/** Resolves once that time has come, by the clock of this machine, which the brokers use too. */
async function until(time: number): Promise<void> {
  while (Date.now() < time) await setTimeout(time - Date.now());
}
