import type { OutboundMessage } from '@comms/delivery';
import type { Distribution, OutboundMethod, Priority } from '@comms/distribution';
import { type Dialect, destinationHeaders } from '../stomp/dialect.js';
import { encodeLines, escapeHeader } from '../stomp/encode-frame.js';
import type { FrameBuffer } from '../stomp/frame-buffer.js';

/** Where messages go. */
export interface MessageRoute {
  /** The bare name of the queue. */
  readonly queue: string;
  readonly dialect: Dialect;
  /** The transaction of the messages; absent for messages that go without one. */
  readonly transaction?: string;
}

/** How one message is to be sent. */
export interface SendOptions {
  /** Whether the message may be on the queue already. */
  readonly possibleDuplicate: boolean;
  /** The id of the receipt to ask for; without it, none. */
  readonly receipt?: string | undefined;
}

/**
 * Makes the SEND frames of messages: persistent, and a TextMessage for Java consumers of both brokers. Headers that all
 * messages share are encoded once.
 */
export class MessageFrames {
  private readonly dialect: Dialect;
  private readonly common: string;

  constructor({ queue, dialect, transaction }: MessageRoute) {
    this.dialect = dialect;
    this.common = encodeLines('SEND', {
      ...destinationHeaders(queue, dialect),
      persistent: 'true',
      ...(transaction !== undefined && { transaction }),
    });
  }

  /** Adds the frame of a message, and returns its length in bytes. */
  addTo(frames: FrameBuffer, message: OutboundMessage, options: SendOptions): number {
    const own = ownHeaders(message, options) + this.duplicateIdHeader(message.distribution);
    return frames.add(this.common + own, this.bodyOf(message));
  }

  /** The duplicate id of Artemis, which drops a message whose id it has seen. Classic has no such header. */
  private duplicateIdHeader({ distributionId, sending }: Distribution): string {
    return this.dialect === 'artemis' ? `_AMQ_DUPL_ID:${distributionId}-${sending}\n` : '';
  }

  private bodyOf({ body, contentType }: OutboundMessage): string {
    return this.dialect === 'classic' && contentType === 'application/json' ? escapeSurrogates(body) : body;
  }
}

/**
 * Names are Java identifiers, because JMS selectors and some clients accept no others. `type` and `correlation-id` become
 * JMSType and JMSCorrelationID. Only codes come from outside; the rest is digits and our own words.
 */
function ownHeaders(message: OutboundMessage, options: SendOptions): string {
  const { distribution, contentType, environment, expiresAt } = message;
  const { priority, deliveryMethod, distributionId, commsRequestId, commsCode, timeExclusion, sending } =
    distribution;
  const { possibleDuplicate, receipt } = options;
  return (
    `${KINDS[deliveryMethod][contentType]}priority:${STOMP_PRIORITIES[priority]}\n` +
    `correlation-id:${distributionId}\ncommsDistributionId:${distributionId}\ncommsRequestId:${commsRequestId}\n` +
    `commsSending:${sending}\n` +
    (commsCode ? codeHeader(commsCode) : '') +
    (timeExclusion === null ? '' : `commsTimeExclusion:${escapeHeader(timeExclusion)}\n`) +
    (environment === undefined ? '' : `commsEnvironment:${environment}\n`) +
    (expiresAt === undefined ? '' : `expires:${expiresAt}\n`) +
    (possibleDuplicate ? 'commsPossibleDuplicate:true\n' : '') +
    (receipt === undefined ? '' : `receipt:${receipt}\n`)
  );
}

/** OpenWire clients read a character beyond U+FFFF in a header as question marks, so such a code is left out. */
function codeHeader(commsCode: string): string {
  if (SURROGATE.test(commsCode)) return '';
  return `commsCode:${escapeHeader(commsCode)}\n`;
}

/** The headers that depend only on method and content type, written once. */
const KINDS = {
  PUSH: kindHeaders('PUSH'),
  SMS: kindHeaders('SMS'),
  EXTERNAL: kindHeaders('EXTERNAL'),
} satisfies Record<OutboundMethod, unknown>;

function kindHeaders(method: OutboundMethod): Readonly<Record<OutboundMessage['contentType'], string>> {
  const headers = (contentType: OutboundMessage['contentType']) =>
    `content-type:${contentType}\ntype:${method}\ndeliveryMethod:${method}\n`;
  return { 'application/json': headers('application/json'), 'application/jose': headers('application/jose') };
}

/**
 * Java consumers of Classic cannot read a TextMessage with a character beyond U+FFFF. The broker stores the UTF-8 unchanged,
 * but their client expects Java's own form of it. In JSON such a character can be written as an escape, which every reader
 * takes for the same. A JWE is ASCII.
 */
function escapeSurrogates(json: string): string {
  return SURROGATE.test(json) ? json.replace(SURROGATES, unicodeEscape) : json;
}

function unicodeEscape(half: string): string {
  return `\\u${half.charCodeAt(0).toString(16)}`;
}

const SURROGATES = /[\ud800-\udfff]/g;

/** Half of a character beyond U+FFFF. */
const SURROGATE = /[\ud800-\udfff]/;

const STOMP_PRIORITIES: Readonly<Record<Priority, string>> = { 1: '7', 2: '4', 3: '1' };
