import type { BrokerCode } from '../broker-codes.js';

/** What happens between a courier and its broker, for logs and metrics; none holds a row's data or a credential. */
export type BrokerEvent =
  | { readonly type: 'connected'; readonly broker: string; readonly server: string }
  | ({ readonly type: 'connect-failed' } & BrokerTrouble)
  | ({ readonly type: 'disconnected' } & BrokerTrouble)
  /** Connected, but what was put is not confirmed. Emitted once until `unblocked`, even if the connection is lost meanwhile. */
  | ({ readonly type: 'blocked' } & BrokerTrouble)
  /** A message was confirmed. Emitted once after each `blocked`, whichever broker of the list confirmed it. */
  | { readonly type: 'unblocked'; readonly broker: string }
  /** This number of rows goes again one by one: their transaction was refused, or its outcome is unknown. */
  | ({ readonly type: 'transaction-failed'; readonly rows: number } & BrokerTrouble)
  /** The broker took single messages but not the transaction that held them. Later transactions are smaller for a while. */
  | {
      readonly type: 'transactions-shrunk';
      readonly broker: string;
      readonly rows: number;
      readonly bytes: number;
      /** Names the broker's setting to look at. */
      readonly text: string;
    }
  /** The files of the client certificate hold another certificate, which is presented from now on. */
  | { readonly type: 'client-certificate-renewed'; readonly broker: string }
  /** These files cannot be used, so the last good certificate is still presented. Emitted once per fault of the files. */
  | ({ readonly type: 'client-certificate-kept' } & BrokerTrouble);

interface BrokerTrouble {
  readonly broker: string;
  readonly code: BrokerCode;
  readonly text: string;
}

export type BrokerEventListener = (event: BrokerEvent) => void;
