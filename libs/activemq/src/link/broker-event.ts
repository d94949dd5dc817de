import type { BrokerCode } from '../broker-error.js';

/** What happens between a courier and its broker, for logs and metrics; none holds a row's data or a credential. */
export type BrokerEvent =
  | { readonly type: 'connected'; readonly broker: string; readonly server: string }
  | ({ readonly type: 'connect-failed' } & BrokerTrouble)
  | ({ readonly type: 'disconnected' } & BrokerTrouble)
  /** Connected, but what was put is not confirmed. Once, until `unblocked`, though the connection be lost meanwhile. */
  | ({ readonly type: 'blocked' } & BrokerTrouble)
  /** A message was confirmed: once after each `blocked`, by whichever broker of the list. */
  | { readonly type: 'unblocked'; readonly broker: string }
  /** So many rows of a batch go again one by one: their transaction was refused, or its outcome is unknown. */
  | ({ readonly type: 'transaction-failed'; readonly rows: number } & BrokerTrouble)
  /** The broker took single messages but not the transaction that held them: later ones are smaller for a while. */
  | {
      readonly type: 'transactions-shrunk';
      readonly broker: string;
      readonly rows: number;
      readonly bytes: number;
      /** Names the broker's setting to look at. */
      readonly text: string;
    }
  /** The files of the client certificate hold another one, which is presented from now on. */
  | { readonly type: 'client-certificate-renewed'; readonly broker: string }
  /** They can't be used: the last good certificate is presented further on. Once, until they ail otherwise or are well. */
  | ({ readonly type: 'client-certificate-kept' } & BrokerTrouble);

interface BrokerTrouble {
  readonly broker: string;
  readonly code: BrokerCode;
  readonly text: string;
}

export type BrokerEventListener = (event: BrokerEvent) => void;
