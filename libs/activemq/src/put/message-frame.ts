import type { Distribution, Priority } from '@comms/distribution';
import type { OutboundMessage } from '@comms/delivery';
import type { Dialect } from '../stomp/dialect.js';
import { encodeFrame } from '../stomp/encode-frame.js';
import { destinationHeaders } from './destination-headers.js';

/** How a message is to be sent. */
export interface MessageFrameOptions {
  /** The bare name of the queue. */
  readonly queue: string;
  readonly dialect: Dialect;
  /** Whether the message may be on the queue already. */
  readonly possibleDuplicate: boolean;
  /** The transaction that it belongs to; absent where it goes by itself. */
  readonly transaction?: string | undefined;
  /** The receipt that is asked for. */
  readonly receipt?: string | undefined;
}

/** The SEND frame of one message: persistent, and a TextMessage for Java consumers of both brokers. */
export function messageFrame(message: OutboundMessage, options: MessageFrameOptions): string {
  const { distribution, contentType } = message;
  const { dialect, queue, transaction, receipt, possibleDuplicate } = options;
  // Built for every message: spread objects would make it three times as slow.
  const headers = destinationHeaders(queue, dialect);
  headers['persistent'] = 'true';
  headers['priority'] = STOMP_PRIORITIES[distribution.priority];
  headers['content-type'] = contentType;
  headers['comms-distribution-id'] = distribution.distributionId;
  headers['comms-request-id'] = distribution.commsRequestId;
  headers['delivery-method'] = distribution.deliveryMethod;
  if (distribution.commsCode) headers['comms-code'] = distribution.commsCode;
  if (possibleDuplicate) headers['comms-possible-duplicate'] = 'true';
  if (dialect === 'artemis') headers['_AMQ_DUPL_ID'] = repeatId(distribution);
  if (transaction !== undefined) headers['transaction'] = transaction;
  if (receipt !== undefined) headers['receipt'] = receipt;
  return encodeFrame('SEND', headers, bodyFor(message, dialect));
}

/** By it Artemis knows a repeat, and drops it. */
function repeatId({ distributionId, generation }: Distribution): string {
  return `${distributionId}-${generation}`;
}

/**
 * Java consumers of Classic can't read a TextMessage with a character beyond U+FFFF: the broker stores UTF-8 as it
 * came, their client expects Java's own form of it. In JSON such a character can be written as an escape, and is the
 * same to every reader. A JWE is ASCII.
 */
function bodyFor({ body, contentType }: OutboundMessage, dialect: Dialect): string {
  if (dialect !== 'classic' || contentType !== 'application/json') return body;
  return body.replace(SURROGATE, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

const SURROGATE = /[\ud800-\udfff]/g;

const STOMP_PRIORITIES: Readonly<Record<Priority, string>> = { 1: '7', 2: '4', 3: '1' };
