import type { Frame } from './frames.js';
import type { Consumer, QueueSet, StoredMessage } from './queues.js';

interface SessionSettings {
  readonly server: string;
  /** Passwords by login. Undefined lets every client in. */
  readonly users: Readonly<Record<string, string>> | undefined;
}

type Send = (command: string, headers: Readonly<Record<string, string>>, body?: string) => void;

/** What one client has open: its transactions, subscriptions and messages not yet acknowledged. */
export class ClientSession {
  heartBeat: HeartBeat = { send: 0, expect: 0 };
  private connected = false;
  private readonly transactions = new Map<string, Frame[]>();
  private readonly subscriptions = new Map<string, { destination: string; consumer: Consumer }>();
  private readonly unacknowledged = new Map<string, { destination: string; message: StoredMessage }>();

  constructor(
    private readonly queues: QueueSet,
    private readonly settings: SessionSettings,
    private readonly send: Send,
  ) {}

  /** Acts on a frame. Throws with a sentence for the ERROR frame where the client is wrong. */
  handle(frame: Frame): void {
    const { command, headers } = frame;
    if (command === 'CONNECT' || command === 'STOMP') this.connect(headers);
    else if (!this.connected) throw new Error('not connected');
    else if (command === 'SEND') this.store(frame);
    else if (command === 'BEGIN') this.begin(required(headers, 'transaction'));
    else if (command === 'COMMIT') for (const each of this.endTransaction(headers)) this.store(each);
    else if (command === 'ABORT') this.endTransaction(headers);
    else if (command === 'SUBSCRIBE') this.subscribe(headers);
    else if (command === 'UNSUBSCRIBE') this.unsubscribe(required(headers, 'id'));
    else if (command === 'ACK') this.acknowledge(required(headers, 'id'));
    else if (command === 'NACK') this.release(required(headers, 'id'));
    else if (command !== 'DISCONNECT') throw new Error('unknown command');
  }

  /** Ends with the connection: open transactions are dropped, and messages without acknowledgement return to their queue. */
  end(): void {
    this.transactions.clear();
    for (const id of [...this.subscriptions.keys()]) this.unsubscribe(id);
    for (const id of [...this.unacknowledged.keys()]) this.release(id);
  }

  private connect(headers: Frame['headers']): void {
    const { users, server } = this.settings;
    if (!headers['accept-version']?.split(',').includes('1.2')) throw new Error('only version 1.2 is spoken');
    if (users !== undefined && (headers['passcode'] ?? '') !== users[headers['login'] ?? ''])
      throw new Error('user name or password is invalid');
    this.heartBeat = agreeOn(headers['heart-beat']);
    this.connected = true;
    const { send, expect } = this.heartBeat;
    this.send('CONNECTED', { version: '1.2', server, 'heart-beat': `${send},${expect}` });
  }

  private store(frame: Frame): void {
    const { transaction, ...headers } = frame.headers;
    required(headers, 'destination');
    if (transaction === undefined) this.queues.store(frame);
    else this.transaction(transaction).push({ ...frame, headers });
  }

  private begin(id: string): void {
    if (this.transactions.has(id)) throw new Error('the transaction is open already');
    this.transactions.set(id, []);
  }

  private transaction(id: string): Frame[] {
    const frames = this.transactions.get(id);
    if (frames === undefined) throw new Error('no such transaction');
    return frames;
  }

  private endTransaction(headers: Frame['headers']): readonly Frame[] {
    const id = required(headers, 'transaction');
    const frames = this.transaction(id);
    this.transactions.delete(id);
    return frames;
  }

  private subscribe(headers: Frame['headers']): void {
    const id = required(headers, 'id');
    const destination = required(headers, 'destination');
    const { ack: mode = 'auto' } = headers;
    if (mode !== 'auto' && mode !== 'client-individual') throw new Error(`ack:${mode} is not supported`);
    const held = mode === 'client-individual';
    const consumer: Consumer = (message) => {
      const ack = `${id}-${message.id}`;
      if (held) this.unacknowledged.set(ack, { destination, message });
      const added = { subscription: id, 'message-id': message.id, ...(held ? { ack } : {}) };
      this.send('MESSAGE', { ...message.headers, ...added }, message.body);
      return held ? 'held' : 'done';
    };
    this.subscriptions.set(id, { destination, consumer });
    this.queues.get(destination).subscribe(consumer);
  }

  private unsubscribe(id: string): void {
    const subscription = this.subscriptions.get(id);
    if (subscription === undefined) throw new Error('no such subscription');
    this.subscriptions.delete(id);
    this.queues.get(subscription.destination).unsubscribe(subscription.consumer);
  }

  private acknowledge(id: string): void {
    const { destination, message } = this.take(id);
    this.queues.get(destination).acknowledge(message);
  }

  private release(id: string): void {
    const { destination, message } = this.take(id);
    this.queues.get(destination).release(message);
  }

  private take(id: string): { destination: string; message: StoredMessage } {
    const taken = this.unacknowledged.get(id);
    if (taken === undefined) throw new Error('no such message to acknowledge');
    this.unacknowledged.delete(id);
    return taken;
  }
}

function required(headers: Frame['headers'], name: string): string {
  const value = headers[name];
  if (value === undefined || value === '') throw new Error(`the header ${name} is missing`);
  return value;
}

/** Both sides' heart-beats of one connection, in milliseconds; 0 is none. */
interface HeartBeat {
  readonly send: number;
  readonly expect: number;
}

/** The heart-beats that follow from a client's header, for a broker that offers any interval. */
function agreeOn(header = '0,0'): HeartBeat {
  const [expect = 0, send = 0] = header.split(',').map(Number);
  return { send, expect };
}
