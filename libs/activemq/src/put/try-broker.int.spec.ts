import { randomUUID } from 'node:crypto';
import { readQueue, type TestBroker, testArtemis, testClassic } from '@comms/test-servers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseBrokerUrl } from '../broker-url.js';
import { BrokerHealth } from '../link/broker-health.js';
import { openSession } from '../stomp/open-session.js';
import type { StompSession } from '../stomp/stomp-session.js';
import { PutTally } from './put-context.js';
import { tryBroker } from './try-broker.js';

const classic = await testClassic();
const artemis = await testArtemis();
const brokers = [classic, ...(artemis === null ? [] : [artemis])];

describe.each(brokers.map((broker) => ({ name: `ActiveMQ ${broker.kind}`, broker })))(
  'a trial on $name',
  ({ broker }) => {
    it('finds a broker that takes messages, and leaves none on the queue', async () => {
      const { queue, tally, again } = await setup(broker);
      expect([await again(), await again()]).toEqual([undefined, undefined]);
      expect(tally.taken).toBe(2);
      expect(await readQueue(broker, queue)).toEqual([]);
    });

    const { restricted } = broker;
    if (restricted === null) return;

    it('finds a broker that takes none', async () => {
      const { tally, again } = await setup({ ...broker, ...restricted });
      expect(await again()).toMatchObject({ cause: { code: 'BROKER_NOT_AUTHORISED' }, ends: 'put' });
      expect(tally.taken).toBe(0);
    });
  },
);

let session: StompSession | undefined;

afterEach(() => session?.close());

async function setup({ stompUrl, username, password }: TestBroker) {
  const url = parseBrokerUrl(stompUrl);
  if ('problem' in url) throw new Error(url.problem);
  const signal = AbortSignal.timeout(10_000);
  const opened = await openSession(url, {
    username,
    password,
    heartBeat: 5_000,
    tls: {},
    addressTimeout: 2_000,
    signal,
  });
  session = opened;
  const queue = `test.${randomUUID()}`;
  const tally = new PutTally();
  const again = () =>
    tryBroker({
      session: opened,
      broker: url.name,
      health: new BrokerHealth(
        url.name,
        () => new Date(),
        () => undefined,
      ),
      queue,
      tally,
      receiptTimeout: 10_000,
      hasTime: () => true,
    });
  return { queue, tally, again };
}
