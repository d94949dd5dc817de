import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestBroker } from '@comms/test-servers';
import type { Arrivals } from '../rounds/measure-round.js';

/** Called with the distribution id of each message that comes. */
export type OnArrival = (distributionId: string) => void;

const PREFETCH = 2000;
/** What is on its way to a slow consumer can't be overtaken. */
const SLOW_PREFETCH = 50;
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

  private start = performance.now();

  private constructor(
    private readonly socket: Socket,
    private readonly perSecond: number | undefined,
  ) {
    // A lost connection needs no handling: what does not arrive makes a round fail.
    socket.on('error', () => undefined);
  }

  /**
   * Resolves once the broker sends what it has.
   * @param perSecond messages at most; without it, as many as come
   */
  static async open(broker: TestBroker, queue: string, perSecond?: number): Promise<QueueDrain> {
    const { hostname, port } = new URL(broker.stompUrl);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const drain = new QueueDrain(socket, perSecond);
    await once(socket, 'connect');
    const subscribed = new Promise<void>((resolve, reject) => {
      socket.once('close', () => {
        reject(new Error('the broker has closed the connection of the consumer'));
      });
      socket.on('data', (piece) => {
        drain.take(piece.toString('latin1'), resolve);
      });
    });
    socket.write(requests(broker, queue, perSecond === undefined ? PREFETCH : SLOW_PREFETCH));
    await subscribed;
    drain.start = performance.now();
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
    this.slowDown();
  }

  /** Reads nothing more until the rate allows it. What the socket holds meanwhile is a part of the prefetch. */
  private slowDown(): void {
    if (this.perSecond === undefined) return;
    this.acknowledge();
    const aheadMs = (this.messageCount * 1_000) / this.perSecond - (performance.now() - this.start);
    if (aheadMs < 1) return;
    this.socket.pause();
    setTimeout(() => this.socket.resume(), aheadMs);
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

function requests({ kind, username, password }: TestBroker, queue: string, prefetch: number): string {
  const destination = kind === 'classic' ? `/queue/${queue}` : `${queue}\nsubscription-type:ANYCAST`;
  return [
    `CONNECT\naccept-version:1.2\nhost:any\nlogin:${username}\npasscode:${password}\n\n\0`,
    `SUBSCRIBE\nid:0\nreceipt:open\nack:client\ndestination:${destination}\nactivemq.prefetchSize:${prefetch}\n\n\0`,
  ].join('');
}
