import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { ClassicLimits } from './classic-recipe.js';
import { readQueue } from './read-queue.js';
import type { OwnBroker } from './start-broker.js';
import { ownClassic } from './test-brokers.js';

const START_LIMIT_MS = 120_000;
/** After which nothing more is expected. */
const SILENCE_MS = 1_000;
/** For a broker that is to respond, on a machine that is busy. */
const ANSWER_LIMIT_MS = 60_000;
const BODY = 'x'.repeat(10_000);

describe('ownClassic', () => {
  it(
    'keeps ports and persistent messages through a kill and a restart',
    async () => {
      await using(async ({ broker, process }) => {
        await put(broker.stompUrl, { count: 3 });

        await process.signal('SIGKILL');
        await expect(readQueue(broker, 'filled', { count: 1 })).rejects.toThrow();
        await process.restart();

        expect(await readQueue(broker, 'filled', { count: 3 })).toHaveLength(3);
      });
    },
    START_LIMIT_MS,
  );

  it(
    'accepts and does not respond while it is stopped',
    async () => {
      await using(async ({ broker, process }) => {
        await process.signal('SIGSTOP');
        expect(await put(broker.stompUrl, { count: 1, quietMs: SILENCE_MS })).toEqual({
          receipts: 0,
          error: '',
        });

        await process.signal('SIGCONT');
        expect(await put(broker.stompUrl, { count: 1 })).toEqual({ receipts: 1, error: '' });
      });
    },
    START_LIMIT_MS,
  );

  describe.each([
    { limits: { queueMemoryBytes: 200_000 }, transaction: 't' },
    { limits: { storeBytes: 2_000_000 }, transaction: '' },
  ])('beyond $limits', ({ limits, transaction }) => {
    it(
      'responds with an ERROR',
      async () => {
        await using(async ({ broker }) => {
          const { receipts, error } = await put(broker.stompUrl, { count: 500, transaction });

          expect(receipts).toBeLessThan(500);
          expect(error).toMatch(/Usage Manager Memory Limit|Persistent store is Full/);
        }, limits);
      },
      START_LIMIT_MS,
    );

    it(
      'stays silent where it blocks',
      async () => {
        await using(
          async ({ broker }) => {
            const { receipts, error } = await put(broker.stompUrl, {
              count: 500,
              transaction,
              quietMs: SILENCE_MS,
            });

            expect(receipts).toBeLessThan(500);
            expect(error).toBe('');
          },
          { ...limits, whenFull: 'block' },
        );
      },
      START_LIMIT_MS,
    );
  });
});

async function using(test: (own: OwnBroker) => Promise<void>, limits: ClassicLimits = {}): Promise<void> {
  const own = await ownClassic(limits);
  try {
    await test(own);
  } finally {
    await own.process.stop();
  }
}

interface Put {
  readonly count: number;
  readonly transaction?: string;
  readonly quietMs?: number;
}

/** Puts persistent messages, each with a receipt, until all have a response, an ERROR comes, or nothing for `quietMs`. */
async function put(
  url: string,
  { count, transaction = '', quietMs = ANSWER_LIMIT_MS }: Put,
): Promise<{ receipts: number; error: string }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let received = '';
  socket.on('data', (data) => {
    received += data.toString();
    if (received.includes('ERROR') || receiptsIn(received) === count) socket.end();
  });
  socket.setTimeout(quietMs, () => socket.destroy());
  socket.write('CONNECT\naccept-version:1.2\nhost:any\nlogin:comms\npasscode:comms-secret\n\n\0');
  if (transaction !== '') socket.write(`BEGIN\ntransaction:${transaction}\n\n\0`);
  const inside = transaction === '' ? '' : `transaction:${transaction}\n`;
  for (let at = 0; at < count; at += 1)
    socket.write(`SEND\ndestination:/queue/filled\npersistent:true\n${inside}receipt:${at}\n\n${BODY}\0`);
  await once(socket, 'close');
  return { receipts: receiptsIn(received), error: /message:(.*)/.exec(received)?.[1] ?? '' };
}

function receiptsIn(received: string): number {
  return received.split('RECEIPT\n').length - 1;
}
