import { createServer as createHttpServer } from 'node:http';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { aConfig } from '@comms/config/testing';
import type { OutboundMessage, PutOutcome } from '@comms/delivery';
import { anOutboundMessage, describeCourier } from '@comms/delivery/testing';
import { aDistribution } from '@comms/distribution/testing';
import {
  type Frame,
  type FrameScript,
  type Reaction,
  StompBroker,
  type StompBrokerOptions,
} from '@comms/stomp-broker';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aBrokerConfig } from './testing/a-broker-config.js';
import { eventually } from './testing/eventually.js';
import { type BrokerConfig, longestPut } from './broker.config.js';
import type { BrokerEvent } from './link/broker-event.js';
import { QueueConfig } from './queue.config.js';
import { QueueCourier } from './queue-courier.js';

const QUEUE = 'comms.handset.outbound';

describeCourier('QueueCourier', async () => {
  const first = await setup();
  const brokers = [first.broker];
  return {
    courier: first.courier,
    // What is escaped on its way to Classic is the same JSON.
    arrived: () =>
      Promise.resolve(
        brokers.flatMap((broker) =>
          broker.messages(QUEUE).map(({ body }) => JSON.stringify(JSON.parse(body))),
        ),
      ),
    breakDown: () => first.broker.stop(),
    repair: async () => {
      brokers.push(await startBroker({ port: first.port }));
    },
    close: () => first.courier.stop(),
  };
});

describe('a transaction', () => {
  it('is BEGIN, SENDs without receipts, and COMMIT with one', async () => {
    const { courier, frames } = await setup();
    await courier.put(batch(2));
    expect(frames.map(({ command, headers }) => [command, 'receipt' in headers])).toEqual([
      ['CONNECT', false],
      ['BEGIN', false],
      ['SEND', false],
      ['SEND', false],
      ['COMMIT', true],
    ]);
  });

  it('has the same id as the one before', async () => {
    const { courier, frames } = await setup();
    await courier.put(batch(2));
    await courier.put(batch(2));
    expect(new Set(frames.flatMap(({ headers }) => headers['transaction'] ?? [])).size).toBe(1);
  });

  it('is full at its cap of bytes', async () => {
    const { courier, frames, broker } = await setup({}, { transactionMaxBytes: 20_000 });
    await courier.put(batch(6, { body: 'x'.repeat(5_000) }));
    expect(commandsOf(frames).filter((command) => command === 'COMMIT')).toHaveLength(2);
    expect(broker.depth(QUEUE)).toBe(6);
  });

  it('is full at a thousand messages', async () => {
    const { courier, frames } = await setup({}, { transactionMaxBytes: 67_108_864 });
    await courier.put(batch(1_002));
    expect(commandsOf(frames).filter((command) => command === 'COMMIT')).toHaveLength(2);
  });

  it('is not made for a single message, which has its own receipt', async () => {
    const { courier, frames } = await setup();
    await courier.put(batch(1));
    expect(commandsOf(frames)).toEqual(['CONNECT', 'SEND']);
  });

  it('is not made for messages that may be on the queue already', async () => {
    const { courier, frames } = await setup();
    await courier.put([...batch(2), ...batch(2, { possibleDuplicate: true }, 3)]);
    expect(commandsOf(frames)).toEqual(['CONNECT', 'SEND', 'SEND', 'BEGIN', 'SEND', 'SEND', 'COMMIT']);
    expect(frames.slice(1, 3).map(idOf)).toEqual(['3', '4']);
  });
});

describe('a refused transaction', () => {
  it('shows which row is bad and sends the others, none of them flagged', async () => {
    const { courier, broker } = await setup({
      onFrame: (frame) => {
        if (frame.command === 'COMMIT') return { refuse: 'rolled back' };
        return frame.command === 'SEND' && !frame.headers['transaction'] && idOf(frame) === '2'
          ? { refuse: 'bad row' }
          : 'handle';
      },
    });
    const outcomes = await courier.put(batch(3));
    expect(kindsOf(outcomes)).toEqual(['sent', 'retry', 'sent']);
    expect(outcomes[1]).toMatchObject({ code: 'BROKER_REFUSED_MESSAGE' });
    expect(broker.messages(QUEUE).map(({ headers }) => headers['commsPossibleDuplicate'])).toEqual([
      undefined,
      undefined,
    ]);
    expect(broker.accepted).toBe(2);
  });

  it('stays refused when an ERROR without a name came before', async () => {
    const { courier, broker } = await setup({
      onFrame: (frame) => {
        if (frame.headers['transaction'] === undefined) return 'handle';
        if (frame.command === 'SEND') return { refuse: 'no room' };
        return frame.command === 'COMMIT' ? { refuse: 'rolled back' } : 'handle';
      },
    });
    expect(kindsOf(await courier.put(batch(2)))).toEqual(['sent', 'sent']);
    expect(broker.messages(QUEUE).some(marked)).toBe(false);
  });

  it('leaves its rows untouched when the broker cannot be reached again', async () => {
    const { courier } = await setup({
      onFrame: ({ command }, { number }) => {
        if (command === 'COMMIT') return { refuse: 'rolled back' };
        return number > 1 ? 'reset' : 'handle';
      },
    });
    expect(kindsOf(await courier.put(batch(2)))).toEqual(['untouched', 'untouched']);
  });
});

describe('a transaction of unknown outcome', () => {
  it.each<[string, FrameScript]>([
    ['the connection ends before the receipt', onFirst('COMMIT', () => 'handle-and-reset')],
    [
      'an ERROR names no message before the receipt',
      onFirst('SEND', () => ({ refuse: 'no', receiptId: false })),
    ],
    [
      'an ERROR names another request',
      onFirst('COMMIT', () => ({ refuse: 'no', receiptId: 'another', close: true })),
    ],
    ['the connection ends before COMMIT', onFirst('COMMIT', () => 'reset')],
  ])('goes again, marked, one by one, when %s', async (_, onFrame) => {
    const { courier, broker } = await setup({ onFrame });
    expect(kindsOf(await courier.put(batch(3)))).toEqual(['sent', 'sent', 'sent']);
    const ids = new Set(broker.messages(QUEUE).map(({ headers }) => headers['commsDistributionId']));
    expect(ids).toEqual(new Set(['1', '2', '3']));
    expect(broker.messages(QUEUE).slice(-3).every(marked)).toBe(true);
  });

  it('stays unknown when the broker cannot be reached again', async () => {
    const { courier } = await setup({
      onFrame: ({ command }, { number }) => {
        if (command === 'COMMIT') return 'handle-and-reset';
        return number > 1 ? 'reset' : 'handle';
      },
    });
    expect(kindsOf(await courier.put(batch(2)))).toEqual(['unknown', 'unknown']);
  });
});

describe('a single message of unknown outcome', () => {
  it('goes again, flagged', async () => {
    const { courier, broker } = await setup({ onFrame: onFirst('SEND', () => 'handle-and-reset') });
    expect(kindsOf(await courier.put(batch(1)))).toEqual(['sent']);
    expect(broker.messages(QUEUE).map(marked)).toEqual([false, true]);
  });

  it('stays unknown when the broker cannot be reached again', async () => {
    const { courier } = await setup({
      onFrame: ({ command }, { number }) => {
        if (command === 'SEND') return 'handle-and-reset';
        return number > 1 ? 'reset' : 'handle';
      },
    });
    expect(kindsOf(await courier.put(batch(1)))).toEqual(['unknown']);
  });
});

describe('whatever happens to frames', () => {
  const anyReaction = fc.constantFrom<Reaction | 'stop'>(
    'handle',
    'handle-silently',
    'handle-and-reset',
    'reset',
    'stop',
    { refuse: 'no' },
    { refuse: 'no', receiptId: false },
    { refuse: 'no', receiptId: 'another', close: true },
  );
  const reaction = (next: Reaction | 'stop' = 'handle') =>
    next === 'stop' ? new Promise<Reaction>(() => undefined) : next;

  it('messages that are sent are on the queue, untouched ones are not, and repeats are flagged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyReaction, { maxLength: 30 }),
        fc.integer({ min: 1, max: 6 }),
        async (reactions, size) => {
          const script = reactions.values();
          const { courier, broker } = await setup(
            {
              onFrame: ({ command }) => (command === 'CONNECT' ? 'handle' : reaction(script.next().value)),
            },
            { receiptTimeout: 40, connectTimeout: 500 },
          );
          const outcomes = await courier.put(batch(size));
          outcomes.forEach(({ kind }, index) => {
            const copies = broker
              .messages(QUEUE)
              .filter(({ headers }) => headers['commsDistributionId'] === `${index + 1}`);
            if (kind === 'sent') expect(copies.length).toBeGreaterThan(0);
            if (kind === 'untouched') expect(copies).toEqual([]);
            expect(copies.slice(1).every(marked)).toBe(true);
          });
          expect(outcomes).toHaveLength(size);
          await closeAll();
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);
});

describe('receipts', () => {
  it('that were not asked for, and repeated ones, are ignored', async () => {
    const { courier, broker } = await setup({
      onFrame: ({ command, headers }, client) => {
        if (command !== 'SEND' || headers['receipt'] === undefined) return 'handle';
        client.send('RECEIPT', { 'receipt-id': 'foreign' });
        client.send('RECEIPT', {});
        if (headers['commsDistributionId'] === '1')
          client.send('RECEIPT', { 'receipt-id': headers['receipt'] });
        return headers['commsDistributionId'] === '2' ? { refuse: 'bad row' } : 'handle';
      },
    });
    const outcomes = await courier.put(batch(3, { possibleDuplicate: true }));
    expect(kindsOf(outcomes)).toEqual(['sent', 'retry', 'sent']);
    expect(broker.accepted).toBe(1);
  });

  it('each settle their own row, in any order', async () => {
    const held: (() => void)[] = [];
    const { courier } = await setup({
      onFrame: ({ command, headers }, client) => {
        const receipt = headers['receipt'];
        if (command !== 'SEND' || receipt === undefined || headers['commsDistributionId'] === '1')
          return 'handle';
        const refuse = headers['commsDistributionId'] === '3';
        held.unshift(() => {
          client.send(refuse ? 'ERROR' : 'RECEIPT', { 'receipt-id': receipt, message: 'bad row' });
        });
        if (held.length === 4) for (const answer of held) answer();
        return 'handle-silently';
      },
    });
    const outcomes = await courier.put(batch(5, { possibleDuplicate: true }));
    expect(kindsOf(outcomes)).toEqual(['sent', 'sent', 'retry', 'sent', 'sent']);
  });
});

describe('an ERROR that names no row', () => {
  it('puts a row at fault when it comes twice while only that row is under way', async () => {
    const { courier, broker } = await setup({
      onFrame: (frame) =>
        idOf(frame) === '3' ? { refuse: 'unreadable', receiptId: false, close: true } : 'handle',
    });
    const outcomes = await courier.put(batch(6));
    expect(kindsOf(outcomes)).toEqual(['sent', 'sent', 'retry', 'sent', 'sent', 'sent']);
    expect(new Set(broker.messages(QUEUE).map(({ headers }) => headers['commsDistributionId'])).size).toBe(5);
  });

  it('puts no row at fault when it comes once', async () => {
    const { courier } = await setup({
      onFrame: onFirst('SEND', () => ({ refuse: 'shutting down', receiptId: false, close: true })),
    });
    expect(kindsOf(await courier.put(batch(1)))).toEqual(['sent']);
  });
});

describe('a message that ends every connection', () => {
  it.each([1, 4])('is at fault, and may be put, in a batch of %i', async (size) => {
    const { courier, broker } = await setup({ onFrame: reactTo(['1'], 'reset') });
    const outcomes = await courier.put(batch(size));
    expect(outcomes[0]).toMatchObject({ kind: 'retry', code: 'MESSAGE_ENDS_CONNECTION', mayBePut: true });
    expect(kindsOf(outcomes.slice(1))).toEqual(batch(size - 1).map(() => 'sent'));
    expect(broker.depth(QUEUE)).toBe(size - 1);
  });

  it('is sent alone three times, and the broker takes another message before the second and the third', async () => {
    const { courier, frames } = await setup({ onFrame: reactTo(['1'], 'reset') });
    await courier.put(batch(1));
    expect(commandsOf(frames)).toEqual([
      ...['CONNECT', 'SEND', 'CONNECT'],
      ...['CONNECT', 'BEGIN', 'SEND', 'ABORT', 'SEND'],
      ...['CONNECT', 'BEGIN', 'SEND', 'ABORT', 'SEND'],
    ]);
  });

  it('is not at fault where the other messages end connections too', async () => {
    const { courier } = await setup({ onFrame: ({ command }) => (command === 'SEND' ? 'reset' : 'handle') });
    const outcomes = await courier.put(batch(3));
    expect(outcomes).toMatchObject(batch(3).map(() => ({ kind: 'unknown', code: 'BROKER_CONNECTION_LOST' })));
  });

  it('is not at fault where the connection ended twice by chance', async () => {
    let resets = 0;
    const { courier } = await setup({
      onFrame: (frame) => (idOf(frame) === '1' && (resets += 1) <= 2 ? 'reset' : 'handle'),
    });
    expect(kindsOf(await courier.put(batch(1)))).toEqual(['sent']);
  });

  it('does not show in health', async () => {
    const { courier } = await setup({ onFrame: reactTo(['1'], 'reset') });
    await courier.put(batch(4));
    expect(courier.condition().state).toBe('up');
  });
});

describe('a message that is never confirmed', () => {
  const LIMITS = { receiptTimeout: 150 };

  it.each([1, 4])('is at fault, and may be put, in a batch of %i', async (size) => {
    const { courier, broker } = await setup({ onFrame: hangAt('1') }, LIMITS);
    const outcomes = await courier.put(batch(size));
    expect(outcomes[0]).toMatchObject({ kind: 'retry', code: 'MESSAGE_NOT_CONFIRMED', mayBePut: true });
    expect(kindsOf(outcomes.slice(1))).toEqual(batch(size - 1).map(() => 'sent'));
    expect(broker.depth(QUEUE)).toBe(size - 1);
  });

  it('does not keep other batches waiting while it goes alone', async () => {
    const { courier, frames } = await setup({ onFrame: hangAt('1') }, { receiptTimeout: 400 });
    const settled: string[] = [];
    const first = courier.put(batch(2)).then(() => settled.push('first'));
    await eventually('it is alone under way', () => commandsOf(frames).filter(isConnect).length >= 4);
    await courier.put(batch(2, {}, 11)).then(() => settled.push('second'));
    await first;
    expect(settled).toEqual(['second', 'first']);
  });

  it('does not keep other messages waiting at its next try', async () => {
    const { courier } = await setup({ onFrame: hangAt('1') }, { receiptTimeout: 400 });
    const distribution = aDistribution({ distributionId: '1', retryCount: 1 });
    const settled: string[] = [];
    const first = courier
      .put(batch(1, { distribution, possibleDuplicate: true }))
      .then(() => settled.push('first'));
    await courier.put(batch(2, {}, 11)).then(() => settled.push('second'));
    await first;
    expect(settled).toEqual(['second', 'first']);
  });

  it('is suspect where the time of the put is too short, and is no evidence against the broker', async () => {
    const onFrame = hangAt('1', '2', '3', '4', '5');
    const { courier } = await setup({ onFrame }, { receiptTimeout: 500, connectTimeout: 1_000 });
    const outcomes = await courier.put(batch(8));
    expect(outcomes[0]).toMatchObject({ kind: 'retry', code: 'MESSAGE_NOT_CONFIRMED' });
    expect(outcomes[4]).toMatchObject({ kind: 'unknown', code: 'BROKER_PUT_TIMEOUT', suspect: true });
    expect(courier.condition().state).toBe('up');
  });

  it('is at fault also where the next broker of the list is down', async () => {
    const { port } = await setup({ onFrame: hangAt('1') });
    const courier = startCourier(port, LIMITS, [await closedPort()]);
    expect(await courier.put(batch(1))).toMatchObject([{ kind: 'retry', code: 'MESSAGE_NOT_CONFIRMED' }]);
  });

  it('is no evidence against the broker where its turn did not come in time', async () => {
    const { courier } = await setup(
      { onFrame: hangAt('1', '2', '3', '4', '5') },
      { receiptTimeout: 500, connectTimeout: 500 },
    );
    const tried = [1, 2, 3, 4, 5, 6].map((id) =>
      aDistribution({ distributionId: String(id), retryCount: 1 }),
    );
    const outcomes = await courier.put(
      tried.map((distribution) => anOutboundMessage({ distribution, possibleDuplicate: true })),
    );
    expect(outcomes.at(-1)).toMatchObject({ kind: 'untouched', code: 'BROKER_PUT_TIMEOUT', suspect: true });
  });

  it('is unknown where the courier is closed meanwhile', async () => {
    const { courier, frames } = await setup({ onFrame: hangAt('1') }, { receiptTimeout: 1_000 });
    const put = courier.put(batch(2));
    await eventually('it is alone under way', () => commandsOf(frames).filter(isConnect).length >= 4);
    await courier.stop();
    const unknown = { kind: 'unknown', code: 'BROKER_CLOSED' };
    expect(await put).toMatchObject([unknown, unknown]);
  });
});

describe('rows that the broker refuses', () => {
  it('are blamed once it has taken an empty message, which no consumer reads', async () => {
    const { courier, broker, frames } = await setup({ onFrame: refuseRows('bad row') });
    expect((await courier.put(batch(1)))[0]).toMatchObject({ kind: 'retry', code: 'BROKER_REFUSED_MESSAGE' });
    expect(commandsOf(frames)).toEqual(['CONNECT', 'SEND', 'BEGIN', 'SEND', 'ABORT']);
    expect(frames[3]?.body.toString()).toBe('{}');
    expect(broker.depth(QUEUE)).toBe(0);
  });

  it('are all settled in one put, however many, with an empty message for each 64', async () => {
    const { courier, frames } = await setup({ onFrame: refuseRows('bad row') });
    expect(new Set(kindsOf(await courier.put(batch(500))))).toEqual(new Set(['retry']));
    expect(commandsOf(frames).filter((command) => command === 'ABORT')).toHaveLength(Math.ceil(500 / 64));
    expect(courier.condition().state).toBe('up');
  });

  it('make the next messages go one by one at once, so that none is put twice', async () => {
    const { courier, broker, frames } = await setup({ onFrame: refuseEach(10) });
    await courier.put(batch(100));
    frames.length = 0;
    const outcomes = await courier.put(batch(100, {}, 101));
    expect(kindsOf(outcomes).filter((kind) => kind === 'retry')).toHaveLength(10);
    expect(commandsOf(frames)).toEqual(batch(100).map(() => 'SEND'));
    const second = broker.messages(QUEUE).filter((message) => Number(idOf(message)) > 100);
    expect(second).toHaveLength(90);
    expect(second.some(marked)).toBe(false);
  });

  it('let the good ones behind them go in transactions again, larger and larger, in the same put', async () => {
    const { courier, frames } = await setup({ onFrame: reactTo(idsUpTo(70), { refuse: 'bad row' }) });
    await courier.put(batch(64));
    frames.length = 0;
    const outcomes = await courier.put(batch(300, {}, 65));
    expect(kindsOf(outcomes)).toEqual(batch(300).map((_, i) => (i < 6 ? 'retry' : 'sent')));
    expect(rowsOfTransactions(frames).slice(1, 4)).toEqual([16, 24, 32]);
  });

  it('make transactions smaller where they are far from each other', async () => {
    const { courier, frames } = await setup({ onFrame: refuseEach(100) });
    await courier.put(batch(150));
    frames.length = 0;
    await courier.put(batch(49, {}, 151));
    expect(rowsOfTransactions(frames)).toEqual([49]);
    await courier.put(batch(200, {}, 200));
    expect(Math.max(...rowsOfTransactions(frames).slice(1))).toBeLessThan(150);
  });

  it('need no empty message where the broker has taken one of the batch', async () => {
    const { courier, frames } = await setup({
      onFrame: (frame) => (idOf(frame) === '1' || !isSingle(frame) ? 'handle' : { refuse: 'bad row' }),
    });
    const messages = batch(3, { possibleDuplicate: true });
    expect(kindsOf(await courier.put(messages))).toEqual(['sent', 'retry', 'retry']);
    expect(commandsOf(frames)).not.toContain('ABORT');
  });

  it('are failed for good where no later try can help', async () => {
    const { courier } = await setup({ onFrame: refuseRows('The maximum data length was exceeded') });
    expect((await courier.put(batch(1)))[0]).toMatchObject({
      kind: 'failed',
      code: 'BROKER_MESSAGE_TOO_LARGE',
    });
  });

  it('go again when the connection ends before the empty message is answered', async () => {
    const { courier } = await setup({
      onFrame: (frame, client) =>
        frame.command === 'BEGIN' && client.number === 1 ? 'reset' : refuseRows('bad row')(frame, client),
    });
    expect(kindsOf(await courier.put(batch(2, { possibleDuplicate: true })))).toEqual(['retry', 'retry']);
  });

  it('cost a broker that closes after each ERROR one connection each, and no message is sent in vain for long', async () => {
    const { courier, broker, frames } = await setup({ onFrame: refuseEach(1, 'close') });
    await courier.put(batch(100));
    const [before, sentBefore] = [broker.accepted, frames.filter(isSingle).length];
    expect(new Set(kindsOf(await courier.put(batch(100, {}, 101))))).toEqual(new Set(['retry']));
    expect(broker.accepted - before).toBeLessThan(105);
    expect(frames.filter(isSingle).length - sentBefore).toBe(100);
  });

  it('do not let the good ones go alone where the broker closes after each ERROR', async () => {
    const { courier, broker, events } = await setup({ onFrame: refuseEach(10, 'close') });
    const outcomes = await courier.put(batch(200));
    expect(kindsOf(outcomes)).toEqual(batch(200).map((_, i) => (i % 10 === 9 ? 'retry' : 'sent')));
    // Each refused message ends one connection. A second link would not report its own.
    expect(events.filter(({ type }) => type === 'connected')).toHaveLength(broker.accepted);
    expect(broker.messages(QUEUE)).toHaveLength(180);
  });

  it('do not put good ones at fault that Artemis refuses by name as well, since it ends the connection', async () => {
    const server = 'ActiveMQ-Artemis/2.x';
    const { courier } = await setup({ server, onFrame: refuseEach(10, 'refuse all else') });
    const outcomes = await courier.put(batch(100, { possibleDuplicate: true }));
    expect(kindsOf(outcomes)).toEqual(batch(100).map((_, i) => (i % 10 === 9 ? 'retry' : 'sent')));
  });

  it.each([
    ['that names the row', {}],
    ['that names no message', { receiptId: false as const }],
  ])('are all settled in one put by a broker that closes after each ERROR %s', async (_, naming) => {
    const { courier } = await setup({
      onFrame: (frame) =>
        idOf(frame) === undefined ? 'handle' : { refuse: 'bad row', close: true, ...naming },
    });
    const outcomes = await courier.put(batch(30));
    expect(new Set(kindsOf(outcomes))).toEqual(new Set(['retry']));
  });
});

describe('a broker that refuses whatever is sent', () => {
  it('blames no row for a missing right, and shows it in health', async () => {
    const { courier, events } = await setup({
      onFrame: refuseSends('User someone is not authorized to write to: queue://comms.handset.outbound'),
    });
    const outcomes = await courier.put(batch(3));
    expect(kindsOf(outcomes)).toEqual(['untouched', 'untouched', 'untouched']);
    expect(outcomes[0]).toMatchObject({ code: 'BROKER_NOT_AUTHORISED' });
    expect(courier.condition()).toMatchObject({ state: 'blocked', code: 'BROKER_NOT_AUTHORISED' });
    expect(events.filter(({ type }) => type === 'blocked')).toHaveLength(1);
  });

  it('blames no row for a full queue', async () => {
    const { courier } = await setup({
      onFrame: refuseSends('Usage Manager Memory Limit reached on queue://comms.handset.outbound.'),
    });
    expect((await courier.put(batch(1)))[0]).toMatchObject({ kind: 'untouched', code: 'BROKER_FULL' });
  });

  it('is given a moment to release a transaction that it had no room for', async () => {
    let refusals = 0;
    const { courier, events } = await setup({
      onFrame: ({ command, headers }) => {
        if (command === 'COMMIT') return { refuse: 'Usage Manager Memory Limit reached' };
        if (command !== 'SEND' || headers['transaction'] !== undefined || refusals === 2) return 'handle';
        refusals += 1;
        return { refuse: 'Usage Manager Memory Limit reached' };
      },
    });
    expect(kindsOf(await courier.put(batch(2)))).toEqual(['sent', 'sent']);
    expect(events.map(({ type }) => type)).toContain('transactions-shrunk');
  });

  it('that is full gets a smaller transaction, also where it sends an ERROR and closes, as Artemis does', async () => {
    const { courier, events } = await setup({
      onFrame: onFirst('SEND', () => ({
        refuse: 'AMQ339011 Error sending message',
        receiptId: false,
        close: true,
      })),
    });
    expect(kindsOf(await courier.put(batch(8)))).toEqual(batch(8).map(() => 'sent'));
    expect(events).toContainEqual(expect.objectContaining({ type: 'transactions-shrunk', rows: 4 }));
  });

  it('blames no row for an unknown reason, and gets no second message', async () => {
    const { courier, frames } = await setup({ onFrame: refuseSends('unknown words') });
    const outcomes = await courier.put(batch(10));
    expect(new Set(kindsOf(outcomes))).toEqual(new Set(['untouched']));
    expect(outcomes[0]).toMatchObject({ code: 'BROKER_REFUSES_ALL' });
    expect(frames.filter(isSingle).map(idOf)).toEqual(['1']);
    expect(courier.condition()).toMatchObject({ state: 'blocked', code: 'BROKER_REFUSES_ALL' });
  });

  it('blames no row where it sends an ERROR that names no message, and closes', async () => {
    const { courier } = await setup({
      onFrame: ({ command }) =>
        command === 'SEND' ? { refuse: 'unreadable', receiptId: false, close: true } : 'handle',
    });
    const outcomes = await courier.put(batch(3));
    expect(outcomes.map(({ kind }) => kind)).not.toContain('retry');
    expect(outcomes[0]).toMatchObject({ code: 'BROKER_REFUSES_ALL' });
  });

  it('costs no more than 64 rows a try where it begins to do so in the middle of a put', async () => {
    let taken = 0;
    const { courier } = await setup({
      onFrame: ({ command }) => (command === 'SEND' && (taken += 1) > 100 ? { refuse: 'no' } : 'handle'),
    });
    const outcomes = await courier.put(batch(500, { possibleDuplicate: true }));
    const kinds = kindsOf(outcomes);
    expect(kinds.filter((kind) => kind === 'sent')).toHaveLength(100);
    expect(kinds.filter((kind) => kind === 'retry')).toHaveLength(64);
    expect(outcomes.at(-1)).toMatchObject({ kind: 'untouched', code: 'BROKER_REFUSES_ALL' });
    expect(courier.condition()).toMatchObject({ state: 'blocked', code: 'BROKER_REFUSES_ALL' });
  });

  it('is reported with a missing right when it refuses the empty message for that reason', async () => {
    const { courier } = await setup({
      onFrame: (frame) => {
        if (frame.command === 'COMMIT') return { refuse: 'rolled back' };
        if (frame.command !== 'SEND') return 'handle';
        return { refuse: idOf(frame) === undefined ? 'someone is not authorized to write' : 'no' };
      },
    });
    expect((await courier.put(batch(2)))[0]).toMatchObject({
      kind: 'untouched',
      code: 'BROKER_NOT_AUTHORISED',
    });
  });

  it('is never quoted', async () => {
    const body = '{"message":"Dear Mrs Smith"}';
    const { courier, events } = await setup({ onFrame: refuseSends(`cannot read ${body}`) });
    const outcomes = await courier.put(batch(1, { body }));
    expect(JSON.stringify([outcomes, events, courier.condition()])).not.toContain('Smith');
  });
});

describe('a broker that does not answer', () => {
  it('costs one put no more than its limits, and leaves the rows unknown', async () => {
    const limits = { connectTimeout: 200, receiptTimeout: 100 };
    const { courier, broker } = await setup({ onFrame: ignoreAllBut('CONNECT') }, limits);
    const outcomes = await settledWithin(longestPut(limits), () => courier.put(batch(3)));
    expect(outcomes).toMatchObject(
      batch(3).map(() => ({ kind: 'unknown', code: 'BROKER_BLOCKED', suspect: false })),
    );
    expect(courier.condition()).toMatchObject({ state: 'blocked', code: 'BROKER_BLOCKED' });
    await eventually('the sockets are closed', () => broker.connections === 0);
  });

  it('is up again once it confirms something', async () => {
    let silent = true;
    const { courier, events } = await setup(
      { onFrame: ({ command }) => (silent && command !== 'CONNECT' ? 'ignore' : 'handle') },
      { receiptTimeout: 100 },
    );
    await courier.put(batch(1));
    silent = false;
    expect(kindsOf(await courier.put(batch(1, { possibleDuplicate: true })))).toEqual(['sent']);
    expect(courier.condition().state).toBe('up');
    expect(blocksOf(events)).toEqual(['blocked', 'unblocked']);
  });

  it('is blocked until it confirms something, even if it is down meanwhile', async () => {
    const first = await setup({ onFrame: ignoreAllBut('CONNECT') }, { receiptTimeout: 100 });
    const { courier, events, port } = first;
    await courier.put(batch(1));
    await first.broker.stop();
    await eventually('it is seen to be away', async () => {
      await courier.prepare();
      return courier.condition().state === 'down';
    });
    await startBroker({ port });
    await courier.prepare();
    expect(courier.condition()).toMatchObject({ state: 'blocked', code: 'BROKER_BLOCKED' });
    expect(blocksOf(events)).toEqual(['blocked']);
    await courier.put(batch(1));
    expect(courier.condition().state).toBe('up');
    await courier.put(batch(1));
    expect(blocksOf(events)).toEqual(['blocked', 'unblocked']);
  });

  it('gets smaller transactions when it takes single messages only, and the event names the setting to change', async () => {
    let rows = 0;
    const { courier, events, frames } = await setup(
      {
        onFrame: ({ command, headers }) => {
          if (command === 'BEGIN') rows = 0;
          if (command === 'SEND' && headers['transaction'] !== undefined) rows += 1;
          return command === 'COMMIT' && rows > 4 ? 'ignore' : 'handle';
        },
      },
      { receiptTimeout: 150 },
    );
    expect(kindsOf(await courier.put(batch(8)))).toEqual(batch(8).map(() => 'sent'));
    const shrunk = events.find(({ type }) => type === 'transactions-shrunk');
    expect(shrunk).toMatchObject({ rows: 4, text: expect.stringContaining('memoryLimit') });
    frames.length = 0;
    expect(kindsOf(await courier.put(batch(8)))).toEqual(batch(8).map(() => 'sent'));
    expect(commandsOf(frames).filter((command) => command === 'COMMIT')).toHaveLength(2);
  });

  it('is noticed by its missing heart-beats while nothing is put', async () => {
    const { port } = await startServer((socket) => {
      socket.once('data', () => socket.write('CONNECTED\nversion:1.2\nheart-beat:20,20\n\n\0'));
    });
    const courier = startCourier(port, { heartBeat: 20 });
    await courier.prepare();
    expect(courier.condition().state).toBe('up');
    await eventually('the loss is seen', () => courier.condition().state === 'down');
    expect(courier.condition().code).toBe('BROKER_SILENT');
  });
});

describe('the time of a put', () => {
  const LIMITS = { connectTimeout: 300, receiptTimeout: 200 };

  it('counts from its call: a put whose turn comes too late sends nothing', async () => {
    const { courier, frames } = await setup({ onFrame: ignoreAllBut('CONNECT') }, LIMITS);
    await courier.prepare();
    const puts = () => Promise.all([1, 2, 3, 4, 5, 6].map((id) => courier.put(batch(2, {}, 10 * id))));
    const last = (await settledWithin(longestPut(LIMITS) + 50, puts)).at(-1);
    expect(last).toMatchObject(
      batch(2).map(() => ({ kind: 'untouched', code: 'BROKER_PUT_TIMEOUT', suspect: false })),
    );
    expect(frames.map(idOf)).not.toContain('60');
  });

  it('is not stretched by a wall clock that is set back', async () => {
    const { port } = await startBroker({
      onFrame: ({ command }) => (command === 'SEND' ? later(150, 'handle') : 'handle'),
    });
    let now = Date.now();
    const courier = new QueueCourier(
      aBrokerConfig({ ...LIMITS, url: [`stomp://127.0.0.1:${port}`], transactionMaxBytes: 16_384 }),
      aConfig(QueueConfig),
      { now: () => new Date((now -= 60_000)), elapsedMs: () => performance.now(), random: Math.random },
    );
    opened.push({ close: () => courier.stop() });
    const oneAtATime = batch(20, { body: 'x'.repeat(20_000) });
    const outcomes = await settledWithin(longestPut(LIMITS) + 50, () => courier.put(oneAtATime));
    expect(outcomes.at(-1)).toMatchObject({
      kind: 'untouched',
      code: 'BROKER_PUT_TIMEOUT',
    });
  });
});

describe('a process that was stalled for longer than its limits', () => {
  it('takes the receipt that came meanwhile', async () => {
    const { port, receipts } = await startBrokerInThread();
    const courier = startCourier(port, { receiptTimeout: 100, heartBeat: 20 });
    const events: BrokerEvent[] = [];
    courier.subscribe((event) => events.push(event));
    await courier.prepare();
    const put = courier.put(batch(2));
    await new Promise(setImmediate);
    stallUntil(receipts);
    stallFor(400);
    expect(kindsOf(await put)).toEqual(['sent', 'sent']);
    expect(events.map(({ type }) => type)).toEqual(['connected']);
  });
});

describe('heart-beats', () => {
  it('keep an idle connection open on both sides', async () => {
    const { courier, broker } = await setup({}, { heartBeat: 100 });
    await courier.prepare();
    const end = Date.now() + 1_000;
    await eventually('many intervals have passed', () => Date.now() > end);
    expect(broker.connections).toBe(1);
    expect(courier.condition().state).toBe('up');
  });
});

describe('connecting', () => {
  it('goes to the next broker of the list', async () => {
    const { port } = await setup();
    const courier = startCourier(await closedPort(), {}, [port]);
    expect(kindsOf(await courier.put(batch(1)))).toEqual(['sent']);
    expect(courier.condition().name).toBe(`stomp://127.0.0.1:${port}`);
  });

  it('goes to the next broker when this one ends in the middle', async () => {
    const second = await setup();
    const { broker, port } = await setup({}, {});
    const courier = startCourier(port, {}, [second.port]);
    await courier.put(batch(1));
    await broker.stop();
    expect(kindsOf(await courier.put(batch(2)))).toEqual(['sent', 'sent']);
  });

  it('goes to the next broker when this one does not answer', async () => {
    const second = await setup();
    const { port } = await setup({ onFrame: ignoreAllBut('CONNECT') });
    const courier = startCourier(port, { receiptTimeout: 100 }, [second.port]);
    expect(kindsOf(await courier.put(batch(2)))).toEqual(['sent', 'sent']);
  });

  it.each<[string, string, (socket: Socket) => void]>([
    ['a server that says nothing', 'BROKER_TIMEOUT', () => undefined],
    ['a server that hangs up', 'BROKER_CONNECTION_LOST', (socket) => socket.end()],
    ['text that is no frame', 'BROKER_NOT_STOMP', (socket) => socket.write('220 mail.example ESMTP\r\n')],
    ['garbage', 'BROKER_NOT_STOMP', (socket) => socket.write(Buffer.from([21, 3, 1, 0, 2, 2, 0, 10, 0]))],
    ['endless headers', 'BROKER_NOT_STOMP', endlessHeaders],
    ['an old version', 'BROKER_VERSION_REFUSED', (socket) => socket.write('CONNECTED\nversion:1.0\n\n\0')],
  ])('reports %s', async (_, code, behave) => {
    const { port } = await startServer((socket) => {
      socket.once('data', () => {
        behave(socket);
      });
    });
    const courier = startCourier(port, { connectTimeout: 300 });
    expect(await courier.put(batch(1))).toMatchObject([{ kind: 'untouched', code }]);
    expect(courier.condition()).toMatchObject({ state: 'down', code });
  });

  it('reports an HTTP server', async () => {
    const server = createHttpServer((_, response) => response.writeHead(404).end());
    server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push({ close: () => server.close() });
    const courier = startCourier((server.address() as AddressInfo).port);
    await courier.prepare();
    expect(courier.condition().code).toBe('BROKER_NOT_STOMP');
    const url = [`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`];
    const overWebSocket = startCourier(0, { url });
    await overWebSocket.prepare();
    expect(overWebSocket.condition()).toMatchObject({
      code: 'BROKER_NOT_STOMP',
      text: expect.stringContaining('HTTP 404'),
    });
  });

  it('reports a closed port', async () => {
    const courier = startCourier(await closedPort());
    expect(await courier.put(batch(1))).toMatchObject([
      { kind: 'untouched', code: 'BROKER_REFUSED_CONNECTION' },
    ]);
  });

  it('reports a wrong password, without showing it', async () => {
    const { courier, events } = await setup(
      { users: { comms: 'right' } },
      { username: 'comms', password: 'mistaken' },
    );
    await courier.prepare();
    expect(courier.condition()).toMatchObject({ state: 'down', code: 'BROKER_LOGIN_REFUSED' });
    expect(JSON.stringify([courier.condition(), events])).not.toMatch(/mistaken/);
  });

  it('logs in', async () => {
    const { courier } = await setup({ users: { comms: 'a:b' } }, { username: 'comms', password: 'a:b' });
    await courier.prepare();
    expect(courier.condition().state).toBe('up');
  });

  it('comes back by itself when prepared again after a loss', async () => {
    const { courier, broker, events } = await setup();
    await courier.prepare();
    await courier.prepare();
    expect(broker.accepted).toBe(1);
    broker.resetConnections();
    await eventually('the loss is seen', () => courier.condition().state === 'down');
    await courier.prepare();
    expect(courier.condition().state).toBe('up');
    expect(events.map(({ type }) => type)).toEqual(['connected', 'disconnected', 'connected']);
  });

  it('works over WebSocket too, with messages larger than a frame', async () => {
    const { broker } = await setup({ webSocketPort: 0 });
    const body = 'ä'.repeat(100_000);
    const courier = new QueueCourier(
      aBrokerConfig({ url: [`ws://127.0.0.1:${broker.webSocketPort}/`] }),
      aConfig(QueueConfig),
    );
    opened.push({ close: () => courier.stop() });
    expect(kindsOf(await courier.put([...batch(2), ...batch(1, { body }, 3)]))).toEqual([
      'sent',
      'sent',
      'sent',
    ]);
    expect(broker.messages(QUEUE).at(-1)?.body).toBe(body);
  });
});

describe('messages that go one by one', () => {
  it.each([
    { size: 600_000, atOnce: 1 },
    { size: 50_000, atOnce: 10 },
    { size: 100, atOnce: 64 },
  ])('go $atOnce at a time where each has $size characters', async ({ size, atOnce }) => {
    let underWay = 0;
    let most = 0;
    const { courier } = await setup({
      onFrame: ({ headers: { receipt } }, client) => {
        if (receipt === undefined) return 'handle';
        underWay += 1;
        most = Math.max(most, underWay);
        setTimeout(() => {
          underWay -= 1;
          client.send('RECEIPT', { 'receipt-id': receipt });
        }, 50);
        return 'handle-silently';
      },
    });
    const messages = batch(70, { possibleDuplicate: true, body: 'x'.repeat(size) }).slice(0, atOnce + 5);
    expect(kindsOf(await courier.put(messages))).toEqual(messages.map(() => 'sent'));
    expect(most).toBe(atOnce);
  });
});

describe('close', () => {
  it('sends DISCONNECT', async () => {
    const { courier, frames } = await setup();
    await courier.prepare();
    await courier.stop();
    await eventually('the broker has received DISCONNECT', () => commandsOf(frames).at(-1) === 'DISCONNECT');
    expect(courier.condition()).toMatchObject({ state: 'down', code: 'BROKER_CLOSED' });
  });

  it('lets a put that waits for the broker settle', async () => {
    const { courier, frames } = await setup({ onFrame: ignoreAllBut('CONNECT') }, { receiptTimeout: 60_000 });
    const put = courier.put(batch(2));
    await eventually('the transaction is under way', () => commandsOf(frames).includes('COMMIT'));
    await courier.stop();
    expect(kindsOf(await put)).toEqual(['unknown', 'unknown']);
  });

  it('ends a try to connect', async () => {
    const { port, sockets } = await startServer(() => undefined);
    const courier = startCourier(port, { connectTimeout: 60_000 });
    const put = courier.put(batch(1));
    await eventually('the try has begun', () => sockets.length === 1);
    await courier.stop();
    expect(await put).toMatchObject([{ kind: 'untouched', code: 'BROKER_CLOSED' }]);
  });
});

const opened: { close(): unknown }[] = [];

afterEach(closeAll);

async function closeAll(): Promise<void> {
  for (const each of opened.splice(0).reverse()) await each.close();
}

async function setup(options: StompBrokerOptions = {}, config: Partial<BrokerConfig> = {}) {
  const frames: Frame[] = [];
  const { onFrame = () => 'handle' } = options;
  const broker = await startBroker({
    ...options,
    onFrame: (frame, client) => {
      frames.push(frame);
      return onFrame(frame, client);
    },
  });
  const { port } = broker;
  const courier = startCourier(port, config);
  const events: BrokerEvent[] = [];
  courier.subscribe((event) => events.push(event));
  return { broker, courier, events, frames, port };
}

async function startBroker(options: StompBrokerOptions): Promise<StompBroker> {
  const broker = await StompBroker.start(options);
  opened.push({ close: () => broker.stop() });
  return broker;
}

function startCourier(port: number, config: Partial<BrokerConfig> = {}, others: readonly number[] = []) {
  const url = [port, ...others].map((each) => `stomp://127.0.0.1:${each}`);
  const courier = new QueueCourier(aBrokerConfig({ url, ...config }), aConfig(QueueConfig));
  opened.push({ close: () => courier.stop() });
  return courier;
}

async function startServer(onConnection: (socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return { port: (server.address() as AddressInfo).port, sockets };
}

async function closedPort(): Promise<number> {
  const broker = await StompBroker.start();
  const { port } = broker;
  await broker.stop();
  return port;
}

/** Answers while this thread cannot. */
async function startBrokerInThread(): Promise<{ port: number; receipts: Int32Array }> {
  const receipts = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    `const { createServer } = require('node:net');
    const { parentPort, workerData } = require('node:worker_threads');
    const server = createServer((socket) => socket.on('error', () => undefined).on('data', (data) => {
      const receipt = /receipt:(.*)/.exec(data)?.[1];
      if (String(data).startsWith('CONNECT')) socket.write('CONNECTED\\nversion:1.2\\nheart-beat:20,20\\n\\n\\0');
      else if (receipt) socket.write('RECEIPT\\nreceipt-id:' + receipt + '\\n\\n\\0', () => {
        Atomics.add(workerData, 0, 1);
        Atomics.notify(workerData, 0);
      });
    })).listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
    { eval: true, workerData: receipts },
  );
  opened.push({ close: () => worker.terminate() });
  const [port] = (await once(worker, 'message')) as [number];
  return { port, receipts };
}

/** Holds this thread up until the broker has sent a receipt. */
function stallUntil(receipts: Int32Array): void {
  expect(Atomics.wait(receipts, 0, 0, 30_000)).not.toBe('timed-out');
}

/**
 * What a put gives, which must settle before a timer of `limitMs` that starts with it: a machine that is slow holds up
 * both.
 */
async function settledWithin<T>(limitMs: number, put: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not settled within ${limitMs} ms`));
    }, limitMs);
  });
  try {
    return await Promise.race([put(), limit]);
  } finally {
    clearTimeout(timer);
  }
}

function stallFor(milliseconds: number): void {
  const end = Date.now() + milliseconds;
  while (Date.now() < end);
}

function endlessHeaders(socket: Socket): void {
  socket.write(`CONNECTED\n${'x:y\n'.repeat(10_000)}`, (error) => {
    if (!error) endlessHeaders(socket);
  });
}

/** Reacts to the first frame of a command only. */
function onFirst(command: Frame['command'], react: FrameScript): FrameScript {
  let met = false;
  return (frame, client) => {
    if (met || frame.command !== command) return 'handle';
    met = true;
    return react(frame, client);
  };
}

function refuseSends(message: string): FrameScript {
  return ({ command }) => {
    if (command === 'SEND') return { refuse: message };
    return command === 'COMMIT' ? { refuse: 'rolled back' } : 'handle';
  };
}

function later(milliseconds: number, reaction: Reaction): Promise<Reaction> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, reaction));
}

/** Refuses what comes from a row, unless it is part of a transaction that is then rolled back. */
function refuseRows(message: string): FrameScript {
  return (frame) => {
    if (frame.command === 'COMMIT') return { refuse: 'rolled back' };
    return isSingle(frame) ? { refuse: message } : 'handle';
  };
}

/** Refuses each row whose id this divides, by an ERROR; COMMIT stores the others of its transaction, as Classic does. */
function refuseEach(
  divisor: number,
  after: 'stay open' | 'close' | 'refuse all else' = 'stay open',
): FrameScript {
  const closed = new Set<number>();
  return (frame, { number }) => {
    if (closed.has(number)) return after === 'close' ? 'ignore' : { refuse: 'closing' };
    if (!(Number(idOf(frame)) % divisor === 0)) return 'handle';
    if (after !== 'stay open') closed.add(number);
    return { refuse: 'bad row', close: after === 'close' };
  };
}

/** Reacts to the messages of some rows, and handles all else. */
function reactTo(ids: readonly string[], reaction: Reaction): FrameScript {
  return (frame) => (ids.includes(idOf(frame) ?? '') ? reaction : 'handle');
}

/** Reads nothing more of a connection from the first message of one of these rows on. */
function hangAt(...ids: readonly string[]): FrameScript {
  const hanging = new Set<number>();
  return (frame, { number }) => {
    if (ids.includes(idOf(frame) ?? '')) hanging.add(number);
    return hanging.has(number) ? 'ignore' : 'handle';
  };
}

function isConnect(command: string): boolean {
  return command === 'CONNECT';
}

function idsUpTo(last: number): string[] {
  return Array.from({ length: last }, (_, index) => String(index + 1));
}

/** How many messages each transaction held, in their order. */
function rowsOfTransactions(frames: readonly Frame[]): number[] {
  const rows: number[] = [];
  for (const { command, headers } of frames) {
    if (command === 'BEGIN') rows.push(0);
    if (command === 'SEND' && headers['transaction'] !== undefined) rows.push((rows.pop() ?? 0) + 1);
  }
  return rows;
}

function ignoreAllBut(command: Frame['command']): FrameScript {
  return (frame) => (frame.command === command ? 'handle' : 'ignore');
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

function commandsOf(frames: readonly Frame[]): string[] {
  return frames.map(({ command }) => command);
}

function isSingle({ command, headers }: Frame): boolean {
  return command === 'SEND' && headers['transaction'] === undefined;
}

function blocksOf(events: readonly BrokerEvent[]): string[] {
  return events.map(({ type }) => type).filter((type) => type === 'blocked' || type === 'unblocked');
}

function idOf({ headers }: Pick<Frame, 'headers'>): string | undefined {
  return headers['commsDistributionId'];
}

function marked({ headers }: { headers: Frame['headers'] }): boolean {
  return headers['commsPossibleDuplicate'] === 'true';
}
