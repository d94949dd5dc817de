import { Property, RereadableConfig } from '@comms/config';
import { Matches } from 'class-validator';
import { AreBrokerUrls } from './broker-url.js';

/** A line break or NUL would end the header that holds it. */
const ONE_LINE = /^[^\r\n\0]*$/;

/**
 * How the broker is reached and how long the daemon waits for it. All daemons that use a queue share it. User, password and
 * passphrase may be in secret files, which are read again at each connect.
 */
export class BrokerConfig extends RereadableConfig {
  @Property('comms.broker.url', {
    type: 'list',
    description: 'The brokers, tried in turn. Needed wherever a queue is used.',
    allowed:
      'stomp://host:port, stomp+ssl://host:port, ws://host:port/path or wss://host:port/path, several separated by commas; ' +
      'the port is always given, user name and password have their own properties',
    secret: 'url-password',
  })
  @AreBrokerUrls()
  readonly url?: readonly string[];

  @Property('comms.broker.username', {
    type: 'string',
    description:
      'The user that the daemon logs in as. A secret file that holds it is read again at each connect.',
    allowed: 'one line of text',
  })
  @Matches(ONE_LINE)
  readonly username?: string;

  @Property('comms.broker.password', {
    type: 'string',
    description: 'The password of that user. A secret file that holds it is read again at each connect.',
    allowed: 'one line of text',
    secret: true,
  })
  @Matches(ONE_LINE)
  readonly password?: string;

  @Property('comms.broker.connect-timeout', {
    type: 'duration',
    default: '10s',
    description:
      'How long one broker may take from the first packet until it has accepted the login. Where its name has several ' +
      'addresses, each may take a third of that to accept the connection.',
    between: ['100ms', '5m'],
  })
  readonly connectTimeout!: number;

  @Property('comms.broker.receipt-timeout', {
    type: 'duration',
    default: '15s',
    description: 'How long the broker may take to confirm what was put; after that its outcome is unknown.',
    between: ['100ms', '10m'],
  })
  readonly receiptTimeout!: number;

  @Property('comms.broker.transaction-max-bytes', {
    type: 'integer',
    default: 524_288,
    description:
      'The size at which a transaction is full, 1024 bytes for each message included; a larger batch goes in several. ' +
      'Keep it well below the memory limit of the queue: Classic never finishes a larger one.',
    between: [16_384, 67_108_864],
  })
  readonly transactionMaxBytes!: number;

  @Property('comms.broker.heart-beat', {
    type: 'duration',
    default: '5s',
    description:
      'Interval of the heart-beats in both directions. A broker that is silent for 2.5 intervals is left; by its own ' +
      'heart-beats Classic finds out, about as fast, that it waits for a client which has gone.',
    between: ['1s', '1m'],
  })
  readonly heartBeat!: number;

  @Property('comms.broker.tls.ca-file', {
    type: 'string',
    description:
      'The certificate authorities that the broker is verified against, in place of those that Node.js ships. It is read at each connect.',
    allowed: 'a readable PEM file',
  })
  readonly tlsCaFile?: string;

  @Property('comms.broker.tls.cert-file', {
    type: 'string',
    description:
      'The client certificate for a broker that asks for one, followed by those between it and its ' +
      'authority. Needs a URL with TLS and the key. It is read at each connect, and a pair that cannot be used leaves the last good one in use.',
    allowed: 'a readable PEM file whose first certificate is valid now',
  })
  readonly tlsCertFile?: string;

  @Property('comms.broker.tls.key-file', {
    type: 'string',
    description: 'The private key of the client certificate. It is read at each connect.',
    allowed: 'a readable PEM file with the key of the certificate',
  })
  readonly tlsKeyFile?: string;

  @Property('comms.broker.tls.key-passphrase', {
    type: 'string',
    description:
      'What opens the private key where it is encrypted. A secret file that holds it is read again at each connect.',
    allowed: 'the passphrase of the key',
    secret: true,
  })
  readonly tlsKeyPassphrase?: string;
}

/**
 * Within how many milliseconds of its call a put settles, whatever the broker and earlier puts do. A message that is never
 * confirmed needs two connects and four waits without an answer. A database transaction that is open during the put must
 * be allowed to be idle for longer.
 */
export function longestPut({
  connectTimeout,
  receiptTimeout,
}: Pick<BrokerConfig, 'connectTimeout' | 'receiptTimeout'>): number {
  return 2 * connectTimeout + 4 * receiptTimeout;
}
