import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestBroker } from '@comms/test-servers';
import type { Arrivals } from '../rounds/measure-round.js';

/** Called with the distribution id of each message that comes. */
export type OnArrival = (distributionId: string) => void;

const PREFETCH = 2000;
/**
 * One acknowledgement is for all messages before it too: for each one the broker would repeat most of its work. It
 * holds what is not acknowledged in its memory, of which this is a small part.
 */
const ACKNOWLEDGE_EVERY_BYTES = 400_000;

/**
 * A consumer that takes all messages off a queue of ActiveMQ Classic and only counts them. It parses no frames, so that
 * it takes as little processor time as possible from the machine that is measured.
 */
export class QueueDrain implements Arrivals {
  private messageCount = 0;
  private byteCount = 0;
  private readonly ids = new Set<string>();
  private rest = '';
  private unacknowledgedBytes = 0;
  private lastFrame = '';
  onArrival: OnArrival = () => undefined;

  private constructor(private readonly socket: Socket) {
    // A lost connection needs no handling: what does not arrive makes a round fail.
    socket.on('error', () => undefined);
  }

  /** Resolves once the broker sends what it has. */
  static async open(broker: TestBroker, queue: string): Promise<QueueDrain> {
    const { hostname, port } = new URL(broker.stompUrl);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const drain = new QueueDrain(socket);
    await once(socket, 'connect');
    const subscribed = new Promise<void>((resolve, reject) => {
      socket.once('close', () => {
        reject(new Error('the broker has closed the connection of the consumer'));
      });
      socket.on('data', (piece) => {
        drain.take(piece.toString('latin1'), resolve);
      });
    });
    socket.write(requests(broker, queue));
    await subscribed;
    return drain;
  }

  get count(): Promise<number> {
    return Promise.resolve(this.messageCount);
  }

  get distinct(): Promise<number> {
    return Promise.resolve(this.ids.size);
  }

  /** Of the frames of all messages. */
  get bytes(): number {
    return this.byteCount;
  }

  hasCome(count: number): boolean {
    return this.messageCount >= count;
  }

  reset(): Promise<void> {
    this.messageCount = 0;
    this.byteCount = 0;
    this.ids.clear();
    return Promise.resolve();
  }

  async close(): Promise<void> {
    if (this.socket.closed) return;
    const closed = once(this.socket, 'close');
    this.acknowledge();
    this.socket.destroySoon();
    await closed;
  }

  /** No body here holds a NUL, so each ends a frame. */
  private take(piece: string, subscribed: () => void): void {
    const frames = (this.rest + piece).split('\0');
    this.rest = frames.pop() ?? '';
    for (const frame of frames) {
      const id = DISTRIBUTION_ID.exec(frame)?.[1];
      if (id !== undefined) this.arrived(id, frame);
      else if (frame.includes('receipt-id:open')) subscribed();
    }
  }

  private arrived(id: string, frame: string): void {
    this.messageCount += 1;
    this.byteCount += frame.length;
    this.ids.add(id);
    this.onArrival(id);
    this.lastFrame = frame;
    this.unacknowledgedBytes += frame.length;
    if (this.unacknowledgedBytes >= ACKNOWLEDGE_EVERY_BYTES) this.acknowledge();
  }

  private acknowledge(): void {
    const ack = ACK.exec(this.lastFrame)?.[1];
    if (ack !== undefined) this.socket.write(`ACK\nid:${ack}\n\n\0`);
    this.unacknowledgedBytes = 0;
  }
}

const ACK = /\nack:([^\n]+)/;
/** Also as release 0.1.0 named it. */
const DISTRIBUTION_ID = /\n(?:commsDistributionId|comms-distribution-id):(\d+)/;

function requests({ username, password }: TestBroker, queue: string): string {
  return [
    `CONNECT\naccept-version:1.2\nhost:any\nlogin:${username}\npasscode:${password}\n\n\0`,
    `SUBSCRIBE\nid:0\nreceipt:open\nack:client\ndestination:/queue/${queue}\nactivemq.prefetchSize:${PREFETCH}\n\n\0`,
  ].join('');
}
