import rhea, { type EventContext, type Message } from 'rhea';
import type { CloseConsumer, QueueListener, QueueMessage } from './queue-message.js';

interface AmqpAccess {
  readonly amqpUrl: string;
  readonly username: string;
  readonly password: string;
}

const CREDIT = 2000;

/** Consumes a queue over AMQP 1.0: the product uses neither this protocol nor this code. */
export function consumeOverAmqp(
  { amqpUrl, username, password }: AmqpAccess,
  queue: string,
  listener: QueueListener,
): CloseConsumer {
  const { hostname, port } = new URL(amqpUrl);
  const connection = rhea
    .create_container()
    .connect({ host: hostname, port: Number(port), username, password, reconnect: false });
  connection.once('receiver_open', () => {
    listener.opened();
  });
  connection.on('message', ({ message }: EventContext) => {
    if (message !== undefined) listener.message(queueMessageOf(message));
  });
  const gone = new Promise<void>((resolve) => {
    for (const event of ['connection_close', 'disconnected'])
      connection.once(event, () => {
        resolve();
      });
  });
  for (const event of ['connection_error', 'receiver_error', 'disconnected']) {
    connection.on(event, ({ connection: { error }, receiver }: EventContext) => {
      listener.failed(new Error(`AMQP ${event}`, { cause: receiver?.error ?? error }));
    });
  }
  connection.open_receiver({ source: { address: queue, capabilities: ['queue'] }, credit_window: CREDIT });
  return () => {
    connection.close();
    return gone;
  };
}

/** Both brokers send a TextMessage as a string and a BytesMessage as a section of data. */
function queueMessageOf({ application_properties: sent, ...message }: Message): QueueMessage {
  const properties = Object.fromEntries(
    Object.entries((sent ?? {}) as Record<string, unknown>)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, String(value)]),
  );
  const content: unknown = message.body;
  return {
    kind: typeof content === 'string' ? 'text' : 'bytes',
    body: typeof content === 'string' ? content : (content as { content: Buffer }).content.toString(),
    priority: message.priority ?? 4,
    persistent: message.durable ?? false,
    contentType: properties['content-type'] ?? properties['_AMQ_CONTENT_TYPE'],
    type: message.subject,
    correlationId: message.correlation_id?.toString(),
    properties,
  };
}
