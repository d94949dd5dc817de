import type { FrameImpl } from '@stomp/stompjs';
import type { BrokerCode } from '../broker-codes.js';
import { BrokerError } from '../broker-error.js';

/**
 * What an ERROR frame means. The text of the frame is left out, because it may hold a message's text or a user's name.
 */
export interface Refusal {
  readonly error: BrokerError;
  /** The code that the broker gives to it, such as `AMQ229102`. */
  readonly detail: string | undefined;
  /**
   * - `queue`: every message would be refused for this reason.
   * - `message`: perhaps only this message is refused.
   * - `final`: only this message is refused, and no later try can help.
   */
  readonly scope: 'queue' | 'message' | 'final';
}

/**
 * Classifies an ERROR after a SEND or a COMMIT. Returns `previous` where it means the same: an error object costs far more
 * than all else here, and a broker may refuse many messages for one reason.
 */
export function refusalOf(frame: FrameImpl, previous?: Refusal): Refusal {
  const words = `${frame.headers['message'] ?? ''}\n${frame.body}`;
  const { code, scope } = KNOWN.find(({ pattern }) => pattern.test(words)) ?? UNKNOWN;
  const detail = brokersOwnCode(words);
  if (previous?.error.code === code && previous.detail === detail) return previous;
  return { scope, detail, error: new BrokerError(code, { detail }) };
}

/** Classifies an ERROR after CONNECT. */
export function connectRefusalOf(frame: FrameImpl): BrokerError {
  const words = `${frame.headers['message'] ?? ''}\n${frame.body}`;
  const code = CONNECT_KNOWN.find(({ pattern }) => pattern.test(words))?.code ?? 'BROKER_REFUSED_SESSION';
  return new BrokerError(code, { detail: brokersOwnCode(words) });
}

/** Artemis numbers its messages and Classic names a Java exception. Both help an operator and hold no data of a row. */
function brokersOwnCode(words: string): string | undefined {
  return /\bAMQ\d{6}\b|\b[A-Z]\w*Exception\b/.exec(words)?.[0];
}

interface KnownRefusal extends Pick<Refusal, 'scope'> {
  readonly pattern: RegExp;
  readonly code: BrokerCode;
}

const KNOWN: readonly KnownRefusal[] = [
  {
    pattern: /is not authorized to|does not have permission=|SecurityException/,
    code: 'BROKER_NOT_AUTHORISED',
    scope: 'queue',
  },
  // Artemis sends only AMQ339011 where an address is full and its policy is FAIL.
  {
    pattern: /Usage Manager|ResourceAllocationException|AMQ229102|AMQ339011/,
    code: 'BROKER_FULL',
    scope: 'queue',
  },
  {
    pattern: /The destination \S+ does not exist|AMQ(?:339001|229203)/,
    code: 'BROKER_NO_SUCH_QUEUE',
    scope: 'queue',
  },
  {
    pattern: /The maximum [a-z ]+ was exceeded/,
    code: 'BROKER_MESSAGE_TOO_LARGE',
    scope: 'final',
  },
];

const UNKNOWN = { code: 'BROKER_REFUSED_MESSAGE', scope: 'message' } as const;

const CONNECT_KNOWN: readonly Pick<KnownRefusal, 'pattern' | 'code'>[] = [
  { pattern: /protocol version|versions? not supported/i, code: 'BROKER_VERSION_REFUSED' },
  {
    pattern: /password|credential|not authorized|authenticat|unable to validate user|login/i,
    code: 'BROKER_LOGIN_REFUSED',
  },
];
