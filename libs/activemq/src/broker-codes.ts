/**
 * A code of this library in health, events and outcomes. Codes are stable; sentences may change. Each has a `meaning`, which
 * is also the message of a `BrokerError`: a sentence without its full stop, in plain text. Each has a `remedy`, in Markdown
 * with links from docs/.
 */
export type BrokerCode = keyof typeof BROKER_CODES;

const ADDRESS = 'whether the broker runs; host and port in `comms.broker.url`; network policy, DNS';
const LOG = "the broker's log at that time";
const PORT = 'the port: it is of another protocol, or `stomp://` and `stomp+ssl://` are mixed up';
const CERTIFICATE = 'the certificate; `comms.broker.tls.ca-file`, which is read again at each connect';
const ROOM = 'consumers of the queue; `storeUsage` and `memoryLimit` (Classic), `max-size-bytes` (Artemis)';

/** No connection, or one that ended: the broker is down. */
export const BROKER_DOWN_CODES = {
  BROKER_REFUSED_CONNECTION: {
    meaning: 'Nothing accepts connections at the host and port of the broker',
    remedy: ADDRESS,
  },
  BROKER_UNREACHABLE: { meaning: 'No route leads to the host of the broker', remedy: ADDRESS },
  BROKER_UNKNOWN_HOST: { meaning: 'The host name of the broker is not known', remedy: ADDRESS },
  BROKER_CONNECTION_LOST: {
    meaning: 'The connection to the broker was lost',
    remedy: `${LOG}: a restart, a fail-over, a full garbage collection`,
  },
  BROKER_SILENT: {
    meaning: 'The broker sent no heart-beat for too long',
    remedy: `${LOG}: a restart, a fail-over, a full garbage collection`,
  },
  BROKER_TIMEOUT: {
    meaning: 'The broker did not answer within comms.broker.connect-timeout',
    remedy:
      'whether it is stopped, swapping, or out of memory; whether a firewall drops the packets to its port',
  },
  BROKER_LOGIN_REFUSED: {
    meaning: 'The broker refused the user name or password',
    remedy: '`comms.broker.username`, and the password or its file',
  },
  BROKER_REFUSED_SESSION: {
    meaning: 'The broker refused the session, for another reason than the login',
    remedy: `${LOG}: a limit of connections, a virtual host, a plug-in`,
  },
  BROKER_TLS_EXPIRED: { meaning: 'The certificate of the broker has expired', remedy: CERTIFICATE },
  BROKER_TLS_NOT_YET_VALID: {
    meaning: 'The certificate of the broker is not valid yet',
    remedy: `the certificate; the clock of the daemon's machine`,
  },
  BROKER_TLS_WRONG_HOST: {
    meaning: 'The certificate of the broker is for another host',
    remedy: 'the certificate; the host in `comms.broker.url`',
  },
  BROKER_TLS_UNKNOWN_CA: {
    meaning: 'The certificate of the broker is signed by an authority that is not trusted',
    remedy: CERTIFICATE,
  },
  BROKER_TLS_CA_FILE: {
    meaning: 'The file of comms.broker.tls.ca-file cannot be read as PEM certificates',
    remedy: 'the file, which is read again at each connect; the text says what is wrong',
  },
  BROKER_TLS_CLIENT_FILES: {
    meaning: 'The client certificate cannot be used',
    remedy:
      'the text names the property and what is wrong; [client certificates](operations.md#client-certificates)',
  },
  BROKER_TLS_CLIENT_REFUSED: {
    meaning: 'The broker refused the client certificate, or asks for one and was shown none',
    remedy: "its authority and its end of validity; the broker's trust store; `comms.broker.tls.cert-file`",
  },
  BROKER_TLS_FAILED: {
    meaning: 'The TLS handshake with the broker failed',
    remedy: "the broker's protocols and ciphers, and its log at that time",
  },
  BROKER_NOT_STOMP: { meaning: 'Something other than a STOMP broker answers at the port', remedy: PORT },
  BROKER_NOT_TLS: { meaning: 'The port does not speak TLS', remedy: PORT },
  BROKER_VERSION_REFUSED: {
    meaning: 'The broker does not speak STOMP 1.2',
    remedy: 'the version of the broker; the port, which may be of another program',
  },
  BROKER_ERROR: {
    meaning: 'The broker reported an error that belongs to no single message',
    remedy: `${LOG}; the daemon reconnects`,
  },
} as const;

/** A connection on which messages are not confirmed, through no fault of a message. */
export const BROKER_BLOCKED_CODES = {
  BROKER_BLOCKED: {
    meaning:
      'The broker confirmed nothing within comms.broker.receipt-timeout: its store or the memory of the queue is full, or it hangs',
    remedy: `${ROOM}; the broker's threads and memory`,
  },
  BROKER_FULL: {
    meaning: 'The queue or the store of the broker is full',
    remedy: `${ROOM}; a broker says so where it is set to, as with \`sendFailIfNoSpace\``,
  },
  BROKER_NOT_AUTHORISED: {
    meaning: 'The user has no right to send to the queue',
    remedy: "the broker's rights; `…extract.to.queue`",
  },
  BROKER_NO_SUCH_QUEUE: {
    meaning: 'The queue does not exist, and the broker does not create it',
    remedy: 'make the queue; `auto-create-queues`',
  },
  BROKER_PUT_TIMEOUT: {
    meaning: 'The time for one batch was used up before all of it was put',
    remedy:
      "the broker's disk: it confirms, but too slowly; `comms.broker.receipt-timeout`; a smaller `…extract.batch-size`",
  },
  BROKER_REFUSED_TRANSACTION: {
    meaning: 'The broker refused the transaction',
    remedy: `${LOG}; \`comms.broker.transaction-max-bytes\`; the daemon goes on with single messages`,
  },
  BROKER_REFUSES_ALL: {
    meaning: 'The broker refuses whatever is put, even an empty message',
    remedy: "the broker's log; `text` in `/health` has the broker's own name of the fault, where it gave one",
  },
} as const;

const MAY_BE_PUT = 'the message may be on the queue';

/** Faults of one message. */
export const BROKER_MESSAGE_CODES = {
  BROKER_REFUSED_MESSAGE: {
    meaning: 'The broker refused the message',
    remedy: `${LOG}: it took another message meanwhile`,
  },
  BROKER_MESSAGE_TOO_LARGE: {
    meaning: 'The message is larger than the broker accepts',
    remedy: '`maxDataLength` or `maxFrameSize` of the broker, or the text',
  },
  MESSAGE_ENDS_CONNECTION: {
    meaning:
      'Each connection on which the message went alone has ended, while the broker took other messages',
    remedy: `what is between daemon and broker (firewall, load balancer), then the broker's log; ${MAY_BE_PUT}`,
  },
  MESSAGE_NOT_CONFIRMED: {
    meaning:
      'The broker never confirmed the message within comms.broker.receipt-timeout, while it took other messages',
    remedy: `the broker's log and memory, the size of the text; ${MAY_BE_PUT}`,
  },
} as const;

/** What the program itself did wrong, unless it is just ending. */
export const BROKER_DEFECT_CODES = {
  BROKER_CLOSED: { meaning: 'The connection to the broker was closed by this process' },
} as const;

export const BROKER_CODES = {
  ...BROKER_DOWN_CODES,
  ...BROKER_BLOCKED_CODES,
  ...BROKER_MESSAGE_CODES,
  ...BROKER_DEFECT_CODES,
};
