import { StompBroker } from '@comms/stomp-broker';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { lookAtQueue, tryLogin } from './look-at-queue.js';

const QUEUE = 'comms.handset.outbound';
let broker: StompBroker;

beforeEach(async () => {
  broker = await StompBroker.start({ webSocketPort: 0, users: { demo: 'secret' } });
});

afterEach(async () => {
  await broker.stop();
});

describe('lookAtQueue', () => {
  it.each(['stomp', 'ws'] as const)(
    'finds the wanted messages over %s and leaves all on the queue',
    async (scheme) => {
      await put('1', '2', '3');

      const found = await lookAtQueue(access(scheme), {
        queue: QUEUE,
        wanted: ({ headers }) => headers['commsRequestId'] !== '2',
        count: 2,
      });

      expect(found.map(({ headers, body }) => [headers['commsRequestId'], body])).toEqual([
        ['1', '{"message":"Ελένη 1"}'],
        ['3', '{"message":"Ελένη 3"}'],
      ]);
      await untilClosed();
      expect(broker.depth(QUEUE)).toBe(3);
      expect(await lookAtQueue(access(scheme), { queue: QUEUE, wanted: all, count: 3 })).toHaveLength(3);
    },
  );

  it('sees a message too many', async () => {
    await put('1', '2');

    expect(await lookAtQueue(access('stomp'), { queue: QUEUE, wanted: all, count: 1 })).toHaveLength(2);
  });

  it('rejects where the login is refused', async () => {
    const look = lookAtQueue(
      { ...access('stomp'), password: 'guess' },
      { queue: QUEUE, wanted: all, count: 1 },
    );

    await expect(look).rejects.toThrow('user name or password is invalid');
  });

  it('rejects where there is no listener', async () => {
    const { port } = broker;
    await broker.stop();
    const look = lookAtQueue({ url: `stomp://127.0.0.1:${port}` }, { queue: QUEUE, wanted: all, count: 1 });

    await expect(look).rejects.toThrow('ECONNREFUSED');
  });
});

describe('tryLogin', () => {
  it('logs in and out again', async () => {
    await expect(tryLogin(access('stomp'))).resolves.toBeUndefined();
    await untilClosed();
  });

  it('rejects where the login is refused', async () => {
    await expect(tryLogin({ ...access('ws'), username: 'stranger' })).rejects.toThrow(
      'The broker cannot be used: user name or password is invalid',
    );
  });
});

const all = () => true;

function access(scheme: 'stomp' | 'ws') {
  const port = scheme === 'ws' ? broker.webSocketPort : broker.port;
  return { url: `${scheme}://127.0.0.1:${port}`, username: 'demo', password: 'secret' };
}

async function put(...requestIds: string[]): Promise<void> {
  const socket = connect(broker.port, '127.0.0.1');
  socket.write('CONNECT\naccept-version:1.2\nlogin:demo\npasscode:secret\n\n\0');
  for (const id of requestIds) {
    socket.write(`SEND\ndestination:/queue/${QUEUE}\ncommsRequestId:${id}\n\n{"message":"Ελένη ${id}"}\0`);
  }
  socket.end('DISCONNECT\nreceipt:r\n\n\0');
  await new Promise((resolve) => socket.once('close', resolve).resume());
}

async function untilClosed(): Promise<void> {
  const deadline = Date.now() + 50_000;
  while (broker.connections > 0) {
    if (Date.now() > deadline) throw new Error('the connection was not closed');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
