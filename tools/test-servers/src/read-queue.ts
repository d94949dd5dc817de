import { setTimeout } from 'node:timers/promises';
import { consumeOverAmqp } from './consume-over-amqp.js';
import { consumeOverStomp } from './consume-over-stomp.js';
import type { CloseConsumer, QueueListener, QueueMessage } from './queue-message.js';
import type { TestBroker } from './test-broker.js';
import { TestServerError } from './reports.js';

/** What a reader of a queue waits for. */
export interface ReadQueueOptions {
  /** How many messages must come; default 0. */
  readonly count?: number;
  /** How long to wait for them, in milliseconds; default 20 s. */
  readonly timeoutMs?: number;
}

/** How long a queue is silent before it counts as empty. */
const SILENCE_MS = 300;
/** A broker that hangs does not respond to a disconnect either. */
const CLOSE_LIMIT_MS = 1000;

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
  let silentSince = Infinity;
  let failure: Error | undefined;
  const close = consume(broker, queue, {
    opened: () => {
      silentSince = Date.now();
    },
    message: (message) => {
      messages.push(message);
      silentSince = Date.now();
    },
    failed: (error) => {
      failure ??= error;
    },
  });
  const deadline = Date.now() + timeoutMs;
  try {
    while (messages.length < count || Date.now() - silentSince < SILENCE_MS) {
      if (failure !== undefined) throw notAllRead(`${queue} could not be read`, failure);
      if (Date.now() > deadline)
        throw notAllRead(`${messages.length} of ${count} messages came from ${queue}`);
      await setTimeout(20);
    }
  } finally {
    // A timer that goes on would keep the process of a suite from ending with it.
    await Promise.race([close(), setTimeout(CLOSE_LIMIT_MS, undefined, { ref: false })]);
  }
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
