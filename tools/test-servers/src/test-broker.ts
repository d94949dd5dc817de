import type { BrokerInstallation } from './broker-installation.js';

export type BrokerKind = 'classic' | 'artemis';

/** Where a broker listens; null where it lacks the protocol. */
export interface BrokerUrls {
  readonly stompUrl: string;
  readonly stompSslUrl: string | null;
  readonly wsUrl: string | null;
  readonly wssUrl: string | null;
  readonly amqpUrl: string | null;
  /** Where Java clients connect: OpenWire, and on Artemis its core protocol too. */
  readonly tcpUrl: string | null;
}

/** How tests reach a broker; plain data, since it crosses processes. */
export interface TestBroker extends BrokerUrls {
  readonly kind: BrokerKind;
  readonly version: string;
  readonly source: BrokerInstallation['source'] | 'named';
  readonly username: string;
  readonly password: string;
  /** A user who may use few queues; null at a named broker. */
  readonly restricted: RestrictedUser | null;
  /** The authority that signed the certificate of the broker's TLS ports; null: one that Node trusts by itself. */
  readonly caFile: string | null;
}

export interface RestrictedUser {
  readonly username: string;
  readonly password: string;
  /** The prefix of the queues that this user may use; all others are forbidden. */
  readonly allowedPrefix: string;
}

/** The users of every broker that this package starts. */
export const ADMINISTRATOR = { username: 'comms', password: 'comms-secret' };

export const RESTRICTED = {
  username: 'restricted',
  password: 'restricted-secret',
  allowedPrefix: 'restricted.',
};
