import { MessageQueue } from './message-queue.js';
import type { Frame } from './frame.js';

/** The queues of one broker, made as they are named; `/queue/x` and `x` are the same. */
export class QueueSet {
  readonly #queues = new Map<string, MessageQueue>();
  #lastId = 0;

  get(destination: string): MessageQueue {
    const name = destination.replace(/^\/queue\//, '');
    const queue = this.#queues.get(name) ?? new MessageQueue();
    this.#queues.set(name, queue);
    return queue;
  }

  /** Puts the message of a SEND frame on the queue that it names. */
  store({ headers, body }: Frame): void {
    this.#lastId += 1;
    const kept = Object.entries(headers).filter(([name]) => name !== 'receipt' && name !== 'transaction');
    this.get(headers['destination'] ?? '').add({
      id: String(this.#lastId),
      headers: Object.fromEntries(kept),
      body: body.toString('utf8'),
    });
  }
}
