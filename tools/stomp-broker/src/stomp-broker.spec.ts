import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import WebSocket from 'ws';
import { encodeFrame, type Frame, FrameSplitter } from './frames.js';
import { StompBroker, type StompBrokerOptions } from './stomp-broker.js';

const QUEUE = { destination: '/queue/q' };

describe('StompBroker', () => {
  it('stores a message and confirms it', async () => {
    const { broker, client } = await setup();
    client.send('SEND', { ...QUEUE, persistent: 'true', receipt: '1' }, 'hello');
    expect(await client.next()).toMatchObject({ command: 'RECEIPT', headers: { 'receipt-id': '1' } });
    expect(broker.depth('q')).toBe(1);
    expect(broker.messages('q')).toMatchObject([
      { headers: { destination: '/queue/q', persistent: 'true' }, body: 'hello' },
    ]);
  });

  it('stores what a transaction holds at its COMMIT and not before', async () => {
    const { broker, client } = await setup();
    client.send('BEGIN', { transaction: 't' });
    client.send('SEND', { ...QUEUE, transaction: 't', receipt: '1' }, 'hello');
    await client.next();
    expect(broker.depth('q')).toBe(0);
    client.send('COMMIT', { transaction: 't', receipt: '2' });
    await client.next();
    expect(broker.depth('q')).toBe(1);
  });

  it.each(['ABORT', 'the end of the connection'])('forgets a transaction at %s', async (end) => {
    const { broker, client } = await setup();
    client.send('BEGIN', { transaction: 't' });
    client.send('SEND', { ...QUEUE, transaction: 't' }, 'hello');
    if (end === 'ABORT') client.send('ABORT', { transaction: 't' });
    client.send('DISCONNECT', { receipt: 'bye' });
    await client.next();
    await client.closed;
    expect(broker.depth('q')).toBe(0);
  });

  it('refuses a COMMIT of a transaction that was not begun', async () => {
    const { client } = await setup();
    client.send('COMMIT', { transaction: 't', receipt: '1' });
    expect(await client.next()).toMatchObject({ command: 'ERROR', headers: { 'receipt-id': '1' } });
  });

  it('refuses a wrong password and closes', async () => {
    const { client } = await setup({ users: { comms: 'secret' } }, { login: 'comms', passcode: 'wrong' });
    expect(client.greeting.command).toBe('ERROR');
    await client.closed;
  });

  it('names the server that it plays', async () => {
    const { client } = await setup({ server: 'ActiveMQ-Artemis/2.x' });
    expect(client.greeting.headers['server']).toBe('ActiveMQ-Artemis/2.x');
  });

  it('hands messages to a subscriber and counts them until they are acknowledged', async () => {
    const { broker, client } = await setup();
    client.send('SUBSCRIBE', { ...QUEUE, id: 's', ack: 'client-individual' });
    client.send('SEND', QUEUE, 'one');
    const message = await client.next();
    expect(message.body.toString()).toBe('one');
    expect(broker.depth('q')).toBe(1);
    client.send('ACK', { id: message.headers['ack'] ?? '', receipt: '1' });
    await client.next();
    expect(broker.depth('q')).toBe(0);
  });

  it('gives messages back that a subscriber has not acknowledged', async () => {
    const { broker, client } = await setup();
    client.send('SUBSCRIBE', { ...QUEUE, id: 's', ack: 'client-individual' });
    client.send('SEND', QUEUE, 'one');
    await client.next();
    broker.resetConnections();
    const second = await RawClient.connect(broker.port);
    second.send('SUBSCRIBE', { ...QUEUE, id: 's' });
    expect((await second.next()).body.toString()).toBe('one');
    expect(broker.depth('q')).toBe(0);
  });

  it('sends heart-beats as agreed', async () => {
    const { client } = await setup({}, { 'heart-beat': '0,20' });
    const [chunk] = (await once(client.socket, 'data')) as [Buffer];
    expect(chunk.toString()).toBe('\n');
  });

  it('drops a client that keeps silent for longer than agreed', async () => {
    const { client } = await setup({}, { 'heart-beat': '20,0' });
    await client.closed;
  });

  it('speaks WebSocket as well', async () => {
    const { broker } = await setup({ webSocketPort: 0 });
    const socket = new WebSocket(`ws://127.0.0.1:${broker.webSocketPort}`, ['v12.stomp']);
    await once(socket, 'open');
    socket.send(encodeFrame('CONNECT', { 'accept-version': '1.2' }));
    const [data] = (await once(socket, 'message')) as [Buffer];
    expect(data.toString()).toMatch(/^CONNECTED\n/);
  });
});

describe('the script of a broker', () => {
  it('responds with an ERROR without a receipt id and does not act', async () => {
    const { broker, client } = await setup({
      onFrame: ({ command }) => (command === 'SEND' ? { refuse: 'no', receiptId: false } : 'handle'),
    });
    client.send('SEND', { ...QUEUE, receipt: '1' });
    const error = await client.next();
    expect(error).toMatchObject({ command: 'ERROR', headers: { message: 'no' } });
    expect(error.headers['receipt-id']).toBeUndefined();
    expect(broker.depth('q')).toBe(0);
  });

  it('acts and resets before the receipt', async () => {
    const { broker, client } = await setup({
      onFrame: ({ command }) => (command === 'SEND' ? 'handle-and-reset' : 'handle'),
    });
    client.send('SEND', { ...QUEUE, receipt: '1' });
    await client.closed;
    expect(broker.depth('q')).toBe(1);
  });

  it('holds later frames until its promise is settled', async () => {
    const release = new EventEmitter();
    const gate = once(release, 'open').then(() => 'handle' as const);
    const { broker, client } = await setup({
      onFrame: ({ headers }) => (headers['receipt'] === '1' ? gate : 'handle'),
    });
    client.send('SEND', { ...QUEUE, receipt: '1' });
    client.send('SEND', { ...QUEUE, receipt: '2' });
    expect(broker.depth('q')).toBe(0);
    release.emit('open');
    expect((await client.next()).headers['receipt-id']).toBe('1');
    expect((await client.next()).headers['receipt-id']).toBe('2');
  });
});

const opened: { stop(): unknown }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0)) await each.stop();
});

async function setup(options: StompBrokerOptions = {}, connectHeaders: Record<string, string> = {}) {
  const broker = await StompBroker.start(options);
  opened.push(broker);
  return { broker, client: await RawClient.connect(broker.port, connectHeaders) };
}

/** A client that knows frames and nothing else. */
class RawClient {
  private readonly splitter = new FrameSplitter();
  private readonly frames: Frame[] = [];
  private readonly waiting: ((frame: Frame) => void)[] = [];
  readonly closed: Promise<unknown>;
  greeting!: Frame;

  private constructor(readonly socket: Socket) {
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const frame of this.splitter.push(chunk)) {
        const waiting = this.waiting.shift();
        if (waiting) waiting(frame);
        else this.frames.push(frame);
      }
    });
  }

  static async connect(port: number, headers: Record<string, string> = {}): Promise<RawClient> {
    const client = new RawClient(connect(port, '127.0.0.1'));
    opened.push({ stop: () => client.socket.destroy() });
    client.send('CONNECT', { 'accept-version': '1.2', ...headers });
    client.greeting = await client.next();
    return client;
  }

  send(command: string, headers: Record<string, string>, body = ''): void {
    this.socket.write(encodeFrame(command, headers, body));
  }

  next(): Promise<Frame> {
    const frame = this.frames.shift();
    return frame ? Promise.resolve(frame) : new Promise((resolve) => this.waiting.push(resolve));
  }
}
