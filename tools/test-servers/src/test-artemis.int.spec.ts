import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readQueue } from './read-queue.js';
import { ownArtemis } from './test-brokers.js';

const own = await ownArtemis();

(own === null ? describe.skip : describe)('ownArtemis', () => {
  afterAll(() => own?.process.stop());

  it('keeps ports and persistent messages through a kill and a restart', async () => {
    if (own === null) return;
    const { broker, process } = own;
    const { port } = new URL(broker.stompUrl);
    const socket = connect(Number(port), '127.0.0.1');
    // Only a receipt says that the broker has it: it drops what it has not handled yet when a connection ends.
    socket.on('data', (data) => {
      if (data.includes('RECEIPT')) socket.end();
    });
    socket.write(
      `CONNECT\naccept-version:1.2\nhost:any\nlogin:${broker.username}\npasscode:${broker.password}\n\n\0`,
    );
    socket.write('SEND\ndestination:kept\ndestination-type:ANYCAST\npersistent:true\nreceipt:kept\n\nany\0');
    await once(socket, 'close');

    await process.signal('SIGKILL');
    await process.restart();

    expect(await readQueue(broker, 'kept', { count: 1 })).toHaveLength(1);
  }, 60_000);
});
