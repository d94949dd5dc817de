import { consumeOverAmqp } from './consume-over-amqp.js';
import { consumeOverStomp } from './consume-over-stomp.js';
import type { CloseConsumer, QueueListener, QueueMessage } from './queue-message.js';
import type { TestBroker } from './test-broker.js';
import { TestServerError } from './test-server-error.js';

/** What a reader of a queue waits for. */
export interface ReadQueueOptions {
  /** How many messages must come; default 0. */
  readonly count?: number;
  /** How long to wait for them, in milliseconds; default 20 s. */
  readonly timeoutMs?: number;
}

/** How long a queue is silent before it counts as empty. */
const SILENCE_MS = 300;

/**
 * Takes all messages off a queue, in order: waits until `count` are here, and then until no more come, so that a surplus shows.
 * Throws `NOT_ALL_READ` when fewer than `count` came in time.
 */
export async function readQueue(
  broker: TestBroker,
  queue: string,
  { count = 0, timeoutMs = 20_000 }: ReadQueueOptions = {},
): Promise<QueueMessage[]> {
  const messages: QueueMessage[] = [];
  const deadline = Date.now() + timeoutMs;
  let lastAt = Date.now();
  let failure: Error | undefined;
  const close = consume(broker, queue, {
    message: (message) => {
      messages.push(message);
      lastAt = Date.now();
    },
    failed: (error) => {
      failure ??= error;
    },
  });
  while (messages.length < count || Date.now() - lastAt < SILENCE_MS) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (failure !== undefined) {
      void close();
      throw notAllRead(`${queue} could not be read`, failure);
    }
    if (messages.length < count && Date.now() > deadline) break;
  }
  await close();
  if (messages.length < count) throw notAllRead(`${messages.length} of ${count} messages came from ${queue}`);
  return messages;
}

/** Over AMQP, else over STOMP. */
function consume(broker: TestBroker, queue: string, listener: QueueListener): CloseConsumer {
  const { amqpUrl } = broker;
  return amqpUrl === null
    ? consumeOverStomp(broker, queue, listener)
    : consumeOverAmqp({ ...broker, amqpUrl }, queue, listener);
}

function notAllRead(what: string, cause?: Error): TestServerError {
  return new TestServerError('NOT_ALL_READ', what, cause && { cause });
}
