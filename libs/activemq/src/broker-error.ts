/** Why the broker cannot be used, or what it refused. The message is a sentence for the operator and holds no data of a row. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError';

  /** What was seen, in one or two words, such as `AMQ229102`. */
  readonly detail: string | undefined;

  constructor(
    readonly code: BrokerCode,
    { detail, hint, cause }: BrokerErrorOptions = {},
  ) {
    const seen = detail === undefined ? '' : ` (${detail})`;
    super(`${BROKER_CODES[code]}${seen}${hint === undefined ? '' : ` ${hint}`}`, { cause });
    this.detail = detail;
  }
}

interface BrokerErrorOptions {
  readonly detail?: string | undefined;
  /** One more sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

export type BrokerCode = keyof typeof BROKER_CODES;

/** Every code of this library in health, events and outcomes. Codes are stable; sentences may change. */
export const BROKER_CODES = {
  // No connection.
  BROKER_REFUSED_CONNECTION: 'Nothing accepts connections at the host and port of the broker.',
  BROKER_UNKNOWN_HOST: 'The host name of the broker is not known.',
  BROKER_UNREACHABLE: 'No route leads to the host of the broker.',
  BROKER_TIMEOUT: 'The broker did not answer within comms.broker.connect-timeout.',
  BROKER_NOT_STOMP: 'Something other than a STOMP broker answers at the port.',
  BROKER_NOT_TLS: 'The port does not speak TLS.',
  BROKER_VERSION_REFUSED: 'The broker does not speak STOMP 1.2.',
  BROKER_LOGIN_REFUSED: 'The broker refused the user name or password.',
  BROKER_REFUSED_SESSION: 'The broker refused the session.',
  BROKER_TLS_EXPIRED: 'The certificate of the broker has expired.',
  BROKER_TLS_NOT_YET_VALID: 'The certificate of the broker is not valid yet.',
  BROKER_TLS_WRONG_HOST: 'The certificate of the broker is for another host.',
  BROKER_TLS_UNKNOWN_CA: 'The certificate of the broker is signed by an authority that is not trusted.',
  BROKER_TLS_FAILED: 'The TLS handshake with the broker failed.',
  BROKER_TLS_CA_FILE: 'The file of comms.broker.tls.ca-file cannot be read as PEM certificates.',
  BROKER_TLS_CLIENT_FILES: 'The client certificate cannot be used.',
  BROKER_TLS_CLIENT_REFUSED: 'The broker refused the client certificate, or asks for one.',
  // A connection that ended.
  BROKER_CONNECTION_LOST: 'The connection to the broker was lost.',
  BROKER_SILENT: 'The broker sent no heart-beat for too long.',
  BROKER_BLOCKED:
    'The broker confirmed nothing within comms.broker.receipt-timeout; it may be full or stopped.',
  BROKER_ERROR: 'The broker reported an error that belongs to no single message.',
  BROKER_CLOSED: 'The connection to the broker was closed by this process.',
  // A working connection on which messages are refused although no message is at fault.
  BROKER_NOT_AUTHORISED: 'The user has no right to send to the queue.',
  BROKER_NO_SUCH_QUEUE: 'The queue does not exist, and the broker does not create it.',
  BROKER_FULL: 'The queue or the store of the broker is full.',
  BROKER_REFUSED_TRANSACTION: 'The broker refused the transaction.',
  BROKER_REFUSES_ALL: 'The broker refuses whatever is put, even an empty message.',
  BROKER_PUT_TIMEOUT: 'The time for one batch was used up before all of it was put.',
  // Faults of one message.
  BROKER_REFUSED_MESSAGE: 'The broker refused the message.',
  BROKER_MESSAGE_TOO_LARGE: 'The message is larger than the broker accepts.',
  MESSAGE_ENDS_CONNECTION:
    'Each connection on which the message went alone has ended, while the broker took other messages.',
  MESSAGE_NOT_CONFIRMED:
    'The broker never confirmed the message within comms.broker.receipt-timeout, while it took other messages.',
} as const;
