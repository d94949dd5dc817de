import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { eventually } from '@comms/kit';
import { encodeFrame, type Frame, FrameSplitter } from '@comms/stomp-broker';
import type { TestBroker } from '@comms/test-servers';

type Headers = Readonly<Record<string, string>>;

/** A consumer over plain STOMP that acknowledges nothing by itself. Shares no code with the product. */
export class StompConsumer {
  /** The messages that have come. */
  readonly messages: Frame[] = [];
  private readonly splitter = new FrameSplitter();
  private readonly receipts = new Set<string | undefined>();
  private failure: string | undefined;
  private taken = 0;
  private sent = 0;

  private constructor(private readonly socket: Socket) {
    socket
      .on('error', () => undefined)
      .on('data', (chunk: Buffer) => {
        for (const frame of this.splitter.push(chunk)) this.keep(frame);
      });
  }

  /** Logs in and subscribes. Resolves once the broker has confirmed that. */
  static async open(
    { stompUrl, username, password }: TestBroker,
    subscription: Headers,
  ): Promise<StompConsumer> {
    const { hostname, port } = new URL(stompUrl);
    const consumer = new StompConsumer(connect(Number(port), hostname));
    const login = { login: username, passcode: password };
    consumer.socket.write(encodeFrame('CONNECT', { 'accept-version': '1.2', host: 'any', ...login }));
    await consumer.send('SUBSCRIBE', { id: '0', ack: 'client-individual', ...subscription });
    return consumer;
  }

  /** Sends a frame. Resolves once the broker has confirmed it. */
  async send(command: string, headers: Headers = {}, body = ''): Promise<void> {
    const receipt = String((this.sent += 1));
    this.socket.write(encodeFrame(command, { ...headers, receipt }, body));
    await eventually(`the broker confirms ${command}`, () => {
      if (this.failure !== undefined) throw new Error(`the broker refuses ${command}: ${this.failure}`);
      return this.receipts.has(receipt);
    });
  }

  /** The next message, or nothing where none comes within that time. */
  async next(limitMs: number): Promise<Frame | undefined> {
    const deadline = performance.now() + limitMs;
    const isOver = () => this.messages.length > this.taken || performance.now() > deadline;
    await eventually('a message has come, or the time is over', isOver, { everyMs: 10 });
    const message = this.messages[this.taken];
    if (message !== undefined) this.taken += 1;
    return message;
  }

  /** Ends the connection without a word, as a program that is killed. */
  async leave(): Promise<void> {
    if (this.socket.destroyed) return;
    const closed = once(this.socket, 'close');
    this.socket.destroy();
    await closed;
  }

  private keep(frame: Frame): void {
    if (frame.command === 'MESSAGE') this.messages.push(frame);
    if (frame.command === 'RECEIPT') this.receipts.add(frame.headers['receipt-id']);
    if (frame.command === 'ERROR') this.failure = frame.headers['message'] ?? '';
  }
}

/** The destination of a queue, as STOMP clients of that broker write it. */
export function destinationOf({ kind }: TestBroker, queue: string): string {
  return kind === 'classic' ? `/queue/${queue}` : queue;
}
