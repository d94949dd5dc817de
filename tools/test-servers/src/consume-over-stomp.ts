import { connect } from 'node:net';
import { type Frame, FrameSplitter } from '@comms/stomp-broker';
import type { CloseConsumer, QueueListener, QueueMessage } from './queue-message.js';
import type { TestBroker } from './test-broker.js';

const PREFETCH = 2000;
/** What belongs to the delivery, not to the message. */
const OF_DELIVERY = new Set([
  'subscription',
  'message-id',
  'destination',
  'content-length',
  'priority',
  'persistent',
  'timestamp',
  'expires',
  'type',
  'correlation-id',
  'redelivered',
  'ack',
]);

/**
 * Consumes a queue over plain STOMP, without the product's code: for a broker without AMQP. Classic marks a
 * BytesMessage, and no TextMessage, by a content-length.
 */
export function consumeOverStomp(broker: TestBroker, queue: string, listener: QueueListener): CloseConsumer {
  const { hostname, port } = new URL(broker.stompUrl);
  const socket = connect(Number(port), hostname);
  const splitter = new FrameSplitter();
  const take = (frame: Frame) => {
    if (frame.command === 'RECEIPT') listener.opened();
    if (frame.command === 'MESSAGE') listener.message(queueMessageOf(frame));
    if (frame.command === 'ERROR')
      listener.failed(new Error(`STOMP ERROR: ${frame.headers['message'] ?? ''}`));
  };
  const gone = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve();
      listener.failed(new Error('the broker closed the connection'));
    });
  });
  socket.on('data', (chunk) => {
    splitter.push(chunk).forEach(take);
  });
  socket.on('error', (error) => {
    listener.failed(error);
  });
  socket.write(requests(broker, queue));
  return () => {
    socket.end('DISCONNECT\n\n\0');
    return gone;
  };
}

function requests({ kind, username, password }: TestBroker, queue: string): string {
  const destination = kind === 'classic' ? `/queue/${queue}` : queue;
  return [
    `CONNECT\naccept-version:1.2\nhost:any\nlogin:${username}\npasscode:${password}\n\n\0`,
    `SUBSCRIBE\nid:0\nreceipt:open\nack:auto\ndestination:${destination}\nsubscription-type:ANYCAST\nactivemq.prefetchSize:${PREFETCH}\n\n\0`,
  ].join('');
}

function queueMessageOf({ headers, body }: Frame): QueueMessage {
  const properties = Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_DELIVERY.has(name)));
  return {
    kind: headers['content-length'] === undefined ? 'text' : 'bytes',
    body: body.toString(),
    priority: Number(headers['priority'] ?? 4),
    persistent: headers['persistent'] === 'true',
    contentType: headers['content-type'],
    type: headers['type'],
    correlationId: headers['correlation-id'],
    properties,
  };
}
