import type { Frame } from './frames.js';

/** The queues of one broker, made as they are named; `/queue/x` and `x` are the same. */
export class QueueSet {
  private readonly queues = new Map<string, MessageQueue>();
  private lastId = 0;

  get(destination: string): MessageQueue {
    const name = destination.replace(/^\/queue\//, '');
    const queue = this.queues.get(name) ?? new MessageQueue();
    this.queues.set(name, queue);
    return queue;
  }

  /** Puts the message of a SEND frame on the queue that it names. */
  store({ headers, body }: Frame): void {
    this.lastId += 1;
    const kept = Object.entries(headers).filter(([name]) => name !== 'receipt' && name !== 'transaction');
    this.get(headers['destination'] ?? '').add({
      id: String(this.lastId),
      headers: Object.fromEntries(kept),
      body: body.toString('utf8'),
    });
  }
}

/** Takes messages from a queue. Returns whether it holds the message, to acknowledge it later. */
export type Consumer = (message: StoredMessage) => 'done' | 'held';

/** First in, first out, shared in turn between its consumers. A message counts until it is consumed. */
class MessageQueue {
  private readonly waiting = new Set<StoredMessage>();
  private readonly held = new Set<StoredMessage>();
  private readonly consumers: Consumer[] = [];

  get depth(): number {
    return this.waiting.size + this.held.size;
  }

  get messages(): readonly StoredMessage[] {
    return [...this.held, ...this.waiting];
  }

  add(message: StoredMessage): void {
    this.waiting.add(message);
    this.deliver();
  }

  subscribe(consumer: Consumer): void {
    this.consumers.push(consumer);
    this.deliver();
  }

  unsubscribe(consumer: Consumer): void {
    this.consumers.splice(this.consumers.indexOf(consumer), 1);
  }

  acknowledge(message: StoredMessage): void {
    this.held.delete(message);
  }

  /** Puts a held message back, after those that wait. */
  release(message: StoredMessage): void {
    if (this.held.delete(message)) this.add(message);
  }

  private deliver(): void {
    for (const message of this.waiting) {
      const consumer = this.consumers.shift();
      if (consumer === undefined) return;
      this.consumers.push(consumer);
      this.waiting.delete(message);
      if (consumer(message) === 'held') this.held.add(message);
    }
  }
}

/** A message as it was sent, without the headers that were only for the broker. */
export interface StoredMessage {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
