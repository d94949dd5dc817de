import { alternatives, Property, RereadableConfig } from '@comms/config';
import { Matches } from 'class-validator';
import { IsDatabaseUrl, SSL_MODES } from './database-url.js';

/** The PostgreSQL database, and how long to wait for it. User and password are read again at each connect. */
export class DatasourceConfig extends RereadableConfig {
  @Property('comms.datasource.url', {
    type: 'string',
    required: true,
    secret: 'url-password',
    description:
      'The PostgreSQL database. Without `sslmode` the connection is not encrypted; `require` and `verify-full` check ' +
      'the certificate and its host name, `verify-ca` the certificate alone, `no-verify` nothing. ' +
      'The parameter `host=/directory` names the directory of a Unix socket; `host:port` may be left out then. ' +
      'User and password are read again at each connect where they come from a secret file.',
    allowed: `postgres://user:password@host:port/database?sslmode=M, where M is ${alternatives(SSL_MODES)}`,
  })
  @IsDatabaseUrl()
  readonly url!: string;

  @Property('comms.datasource.schema', {
    type: 'string',
    default: 'public',
    description: 'The schema of the tables, or of the views that stand for them.',
    allowed: '1 to 63 letters, digits and underscores, the first no digit',
  })
  @Matches(/^[a-z_][a-z0-9_]{0,62}$/i)
  readonly schema!: string;

  @Property('comms.datasource.tls.ca-file', {
    type: 'string',
    description:
      "The certificate authorities that the database's certificate may come from, in place of the " +
      'well-known ones. Only with an `sslmode` that checks the certificate. It is read at each connect.',
    allowed: 'a readable PEM file',
  })
  readonly tlsCaFile: string | undefined;

  @Property('comms.datasource.tls.cert-file', {
    type: 'string',
    description:
      'The client certificate for a database that asks for one, followed by those between it and its ' +
      'authority. Needs an `sslmode` other than disable, and the key. It is read at each connect, and a pair that cannot be used leaves the last good one in use.',
    allowed: 'a readable PEM file whose first certificate is valid now',
  })
  readonly tlsCertFile?: string;

  @Property('comms.datasource.tls.key-file', {
    type: 'string',
    description: 'The private key of the client certificate. It is read at each connect.',
    allowed: 'a readable PEM file with the key of the certificate',
  })
  readonly tlsKeyFile?: string;

  @Property('comms.datasource.tls.key-passphrase', {
    type: 'string',
    description:
      'What opens the private key where it is encrypted. A secret file that holds it is read again at each connect.',
    allowed: 'the passphrase of the key',
    secret: true,
  })
  readonly tlsKeyPassphrase?: string;

  @Property('comms.datasource.pool-size', {
    type: 'integer',
    default: 7,
    description:
      'Connections at most. Each batch in hand holds one, and they share one more for their announcements; health and the ' +
      'count of the backlog need two, and a wake-up another. Behind a pooler in transaction mode, the pool that all ' +
      'replicas of all daemons share there needs one session for each of their `batches-in-hand` and at least one more; ' +
      'in session mode, the sum of their `pool-size`.',
    between: [3, 100],
  })
  readonly poolSize!: number;

  @Property('comms.datasource.connect-timeout', {
    type: 'duration',
    default: '5s',
    description:
      'How long to wait for a connection. Where the name of the host has several addresses, each may take a third of that to accept it.',
    between: ['100ms', '1m'],
  })
  readonly connectTimeout!: number;

  @Property('comms.datasource.statement-timeout', {
    type: 'duration',
    default: '30s',
    description: 'How long one statement may take before the database ends it.',
    between: ['1s', '10m'],
  })
  readonly statementTimeout!: number;

  @Property('comms.datasource.lock-timeout', {
    type: 'duration',
    default: '5s',
    description:
      'How long a statement may wait for a lock. Claims never wait for rows, they skip locked rows.',
    between: ['100ms', '10m'],
  })
  readonly lockTimeout!: number;

  @Property('comms.datasource.idle-in-transaction-timeout', {
    type: 'duration',
    default: '2m',
    description:
      'How long a batch may be in hand before the database takes its rows back: the limit for a daemon that hangs or ' +
      'whose machine is gone. Must be longer than the broker may take for a batch.',
    between: ['1s', '1h'],
  })
  readonly idleInTransactionTimeout!: number;
}
