import { describe, expect, it } from '@jest/globals';
import { aDistribution } from '@comms/distribution/testing';
import { deliverBatch } from './deliver-batch.js';
import type { OutboundMessage, PayloadEncoder, PutOutcome } from './ports.js';
import { RetryPolicy } from './retry-policy.js';
import { InMemoryCourier, InMemoryDistributionStore } from './testing/index.js';

describe('deliverBatch', () => {
  it.each(['S', 'P'] as const)('puts every row and gives it status %s', async (deliveredStatus) => {
    const { store, courier, deliver } = setup({ rows: 3, deliveredStatus });
    expect(await deliver()).toEqual({ ...NOTHING, delivered: 3 });
    expect(courier.accepted.map((message) => message.body)).toEqual(['text 1', 'text 2', 'text 3']);
    expect(store.statuses()).toEqual([deliveredStatus, deliveredStatus, deliveredStatus]);
  });

  it('keeps the reference that the courier gave', async () => {
    const { store, deliver } = setup({ rows: 1, answer: () => ({ kind: 'sent', reference: '1.json' }) });
    await deliver();
    expect(store.row('1').reference).toBe('1.json');
  });

  it('delivers the rest of the batch when one row is refused', async () => {
    const { store, deliver } = setup({ rows: 3, answer: only('2', { kind: 'retry', ...WHY }) });
    expect(await deliver()).toEqual({ ...NOTHING, delivered: 2, retried: 1, refused: 1 });
    expect(store.statuses()).toEqual(['S', 'R', 'S']);
    expect(store.row('2').code).toBe('WHY');
  });

  it('gives a row E when no later try can help', async () => {
    const { store, deliver } = setup({ rows: 2, answer: only('1', { kind: 'failed', ...WHY }) });
    expect(await deliver()).toEqual({ ...NOTHING, delivered: 1, failed: 1, refused: 1 });
    expect(store.statuses()).toEqual(['E', 'S']);
  });

  it('never puts a row that cannot be encoded, and gives it E', async () => {
    const { store, courier, deliver } = setup({ rows: 0 });
    store.insert(
      aDistribution({ distributionId: '7', message: null }),
      aDistribution({ distributionId: '8' }),
    );
    expect(await deliver()).toMatchObject({ failed: 1, refused: 0 });
    expect([store.row('7').status, store.row('7').code]).toEqual(['E', 'MESSAGE_MISSING']);
    expect(courier.accepted.map(({ distribution }) => distribution.distributionId)).toEqual(['8']);
  });

  it('gives the event loop its turn while it encodes many rows', async () => {
    let turns = 0;
    const others = setInterval(() => (turns += 1), 1);
    const turnsSeen = new Set<number>();
    const slowly: PayloadEncoder = {
      encode: (distribution) => {
        turnsSeen.add(turns);
        for (const end = performance.now() + 0.1; performance.now() < end;);
        return plainText.encode(distribution);
      },
    };
    await setup({ rows: 200, encoder: slowly }).deliver();
    clearInterval(others);
    expect(turnsSeen.size).toBeGreaterThan(3);
  });

  it.each(['untouched', 'unknown'] as const)(
    'changes no row whose message is %s, and says why',
    async (kind) => {
      const { store, deliver } = setup({ rows: 2, answer: () => ({ kind, ...WHY }) });
      expect(await deliver()).toEqual({ ...NOTHING, trouble: WHY });
      expect(store.statuses()).toEqual(['D', 'D']);
    },
  );

  it('gives the rows back when the courier breaks its promise and throws', async () => {
    const { store, deliver } = setup({
      rows: 1,
      answer: () => {
        throw new Error('defect');
      },
    });
    await expect(deliver()).rejects.toThrow('defect');
    expect((await store.claim(1)).distributions).toHaveLength(1);
  });

  it('marks a message as a possible duplicate after an unknown outcome', async () => {
    const outcomes: PutOutcome[] = [{ kind: 'unknown', ...WHY }, { kind: 'sent' }];
    const { courier, deliver } = setup({ rows: 1, answer: () => outcomes.shift() });
    await deliver();
    await deliver();
    expect(courier.accepted.map((message) => message.possibleDuplicate)).toEqual([true]);
  });

  it('marks a message as a possible duplicate after it was put but could not be recorded', async () => {
    const { store, courier, deliver } = setup({ rows: 1 });
    store.failNextRecord = new Error('connection lost');
    await expect(deliver()).rejects.toThrow('connection lost');
    await deliver();
    expect(courier.accepted.map((message) => message.possibleDuplicate)).toEqual([false, true]);
  });

  it.each(['untouched', 'retry', 'failed'] as const)(
    'does not mark a message that was certainly not put: %s',
    async (kind) => {
      const outcomes: PutOutcome[] = [{ kind, ...WHY }, { kind: 'sent' }];
      const { store, courier, deliver } = setup({ rows: 1, answer: () => outcomes.shift() });
      await deliver();
      store.row('1').status = 'D';
      await deliver();
      expect(courier.accepted.map((message) => message.possibleDuplicate)).toEqual([false]);
    },
  );

  it('keeps the mark while a row that may have been put is certainly not put again', async () => {
    const outcomes: PutOutcome[] = [
      { kind: 'unknown', ...WHY },
      { kind: 'untouched', ...WHY },
      { kind: 'sent' },
    ];
    const { courier, deliver } = setup({ rows: 1, answer: () => outcomes.shift() });
    await deliver();
    await deliver();
    await deliver();
    expect(courier.accepted.map((message) => message.possibleDuplicate)).toEqual([true]);
  });

  it('does not mark a row that is requeued after it was recorded', async () => {
    const { store, courier, deliver } = setup({ rows: 1 });
    await deliver();
    store.row('1').status = 'D';
    await deliver();
    expect(courier.accepted.map((message) => message.possibleDuplicate)).toEqual([false, false]);
  });

  it('counts a row whose status another program changed meanwhile', async () => {
    const { store, deliver } = setup({
      rows: 1,
      answer: () => {
        store.row('1').status = 'E';
        return { kind: 'sent' };
      },
    });
    expect(await deliver()).toMatchObject({ changedElsewhere: 1 });
    expect(store.row('1').status).toBe('E');
  });

  it('puts no row again that could not be recorded, nor the others of its batch', async () => {
    const { store, courier, deliver } = setup({ rows: 4 });
    store.refusals.set('2', ['S', 'P']);
    store.refusals.set('3', ['S', 'P', 'R', 'E']);
    expect(await deliver()).toEqual({ ...NOTHING, delivered: 2, failed: 1, setAside: 1 });
    expect(await deliver()).toEqual(NOTHING);
    expect(courier.accepted).toHaveLength(4);
    expect(store.statuses()).toEqual(['S', 'E', 'D', 'S']);
  });

  it('never encodes nor puts a text that is too long, and gives its row E', async () => {
    const { store, courier, deliver } = setup({ rows: 1, maxMessageBytes: 5 });
    expect(await deliver()).toEqual({ ...NOTHING, failed: 1 });
    expect(store.row('1').code).toBe('MESSAGE_TOO_LONG');
    expect(courier.accepted).toEqual([]);
  });

  it('announces rows before it puts them, and removes the announcement once they are recorded', async () => {
    const announced: boolean[] = [];
    const { store, deliver } = setup({
      rows: 1,
      answer: () => {
        announced.push(store.isAnnounced('1'));
        return { kind: 'sent' };
      },
    });
    await deliver();
    expect([...announced, store.isAnnounced('1')]).toEqual([true, false]);
  });

  it('announces nothing for a courier that replaces repeats', async () => {
    const { store, courier, deliver } = setup({ rows: 1, answer: () => ({ kind: 'unknown', ...WHY }) });
    courier.replacesRepeats = true;
    await deliver();
    expect(store.isAnnounced('1')).toBe(false);
  });

  it('puts nothing when nothing is claimed', async () => {
    const { deliver } = setup({ rows: 0 });
    expect(await deliver()).toEqual(NOTHING);
  });
});

const NOTHING = {
  delivered: 0,
  retried: 0,
  failed: 0,
  setAside: 0,
  refused: 0,
  changedElsewhere: 0,
  more: false,
};
const WHY = { code: 'WHY', text: 'Because.' };

const plainText: PayloadEncoder = {
  encode: ({ message }) =>
    message === null
      ? { fault: { code: 'MESSAGE_MISSING', text: 'The row has no message.' } }
      : { contentType: 'application/json', body: message },
};

function only(distributionId: string, outcome: PutOutcome) {
  return ({ distribution }: OutboundMessage) =>
    distribution.distributionId === distributionId ? outcome : undefined;
}

interface Setup {
  readonly rows: number;
  readonly deliveredStatus?: 'S' | 'P';
  readonly maxMessageBytes?: number;
  readonly answer?: (message: OutboundMessage) => PutOutcome | undefined;
  readonly encoder?: PayloadEncoder;
}

function setup({ rows, deliveredStatus = 'S', answer, encoder = plainText, ...limits }: Setup) {
  const store = new InMemoryDistributionStore();
  for (let id = 1; id <= rows; id++) {
    store.insert(aDistribution({ distributionId: String(id), message: `text ${id}` }));
  }
  const courier = new InMemoryCourier(answer);
  const ports = {
    store,
    courier,
    encoder,
    retryPolicy: new RetryPolicy({ maxTries: 5, initialDelayMs: 1000, maxDelayMs: 60_000 }),
  };
  return {
    store,
    courier,
    deliver: () => deliverBatch(ports, { batchSize: 200, deliveredStatus, ...limits }),
  };
}
