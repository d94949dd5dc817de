import type { Distribution } from '@comms/distribution';
import type { RetryPolicy } from './retry-policy.js';
import type { RowFault, Verdict } from './verdict.js';

/** All that delivering a batch needs; a daemon makes one set and keeps it. */
export interface DeliveryPorts {
  readonly store: DistributionStore;
  readonly encoder: PayloadEncoder;
  readonly courier: Courier;
  readonly retryPolicy: RetryPolicy;
}

/** The rows of one delivery method. */
export interface DistributionStore {
  /**
   * Locks up to `limit` rows that may be distributed now, highest priority first, then oldest. It skips rows that
   * another session holds or that are set aside. The locks last until the claim is recorded or released, or its session
   * ends. A text of more than `maxMessageBytes` in UTF-8 is not loaded; without that limit, every text is loaded.
   *
   * Rejects while {@link MOST_SET_ASIDE} rows of the method are set aside.
   */
  claim(limit: number, maxMessageBytes?: number): Promise<Claim>;
}

export interface Claim {
  readonly distributions: readonly Distribution[];
  /** Whether a limit cut the claim short, so that more rows are likely to wait. */
  readonly more: boolean;
  /**
   * Announces, durably, that the messages of these rows may be put from now on. Returns the rows whose messages may have
   * been put before: an earlier claim announced them and never recorded their outcome, or
   * recorded that they may have been put nevertheless. Rejects where the claim has lost
   * its locks; then nothing may be put.
   */
  announce(distributionIds: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Writes the verdicts and ends the claim. A row without a verdict stays as it was. Only rows that are still at `D` are
   * changed. The announcement of this claim is removed, except for the rows in `mayBePut`: the next claim of them learns that.
   *
   * Where the store refuses a verdict because of what its row holds, all other verdicts are written. The refused row gets
   * the verdict that `unrecorded` makes of it. Where that is refused too, it is set aside: no claim takes it until an operator
   * releases it. No other claim can take any of the rows before all of this is done.
   */
  record(verdicts: readonly Verdict[], mayBePut?: readonly string[]): Promise<Recorded>;
  /** Ends the claim and leaves every row as it was; its announcement stays. Safe to call after `record`. */
  release(): Promise<void>;
}

/** What a claim has written. */
export interface Recorded {
  /** Rows that were changed: all but those whose status was no longer `D`, and those that were set aside. */
  readonly changed: number;
  /** The ids of rows that got `E` in place of their verdict. */
  readonly failed: readonly string[];
  /** The ids of rows that were set aside. */
  readonly setAside: readonly string[];
}

/** How many rows of one method may be set aside. From then on no more rows of that method are claimed. */
export const MOST_SET_ASIDE = 10_000;

/** Turns a distribution into the payload that is put: plain or encrypted JSON. */
export interface PayloadEncoder {
  /** A distribution that has no text to send is a fault of the row; it is never put. */
  encode(distribution: Distribution): EncodedPayload | { readonly fault: RowFault };
}

export type EncodedPayload = Pick<OutboundMessage, 'contentType' | 'body' | 'environment' | 'expiresAt'>;

/** What an encoder makes of one distribution, ready for a courier. */
export interface OutboundMessage {
  readonly distribution: Distribution;
  /** `application/json` for plain JSON, `application/jose` for a compact JWE of it. */
  readonly contentType: 'application/json' | 'application/jose';
  /** Well-formed text without a NUL character. */
  readonly body: string;
  /** True where an earlier try may have put this message already. */
  readonly possibleDuplicate: boolean;
  /** Which environment it comes from; absent where that is not to be shown. */
  readonly environment?: string | undefined;
  /** When the broker may drop the message unread, in epoch milliseconds; absent where never. */
  readonly expiresAt?: number | undefined;
}

/** Puts messages where third parties take them: on a queue or into a directory. */
export interface Courier {
  /** Whether a message that is put again replaces its first copy, so that repeats need no duplicate flag. */
  readonly replacesRepeats: boolean;
  /**
   * Puts a batch and returns one outcome per message, in the same order. Expected failures are outcomes: it never throws
   * for a broker or disk that is down. To a broker it settles within its configured limits; a file system that hangs has no limit.
   */
  put(messages: readonly OutboundMessage[]): Promise<readonly PutOutcome[]>;
  /** The condition of the broker or directory, for health, as it was last seen: nothing is asked for this. */
  condition(): CourierCondition;
  /** Connects ahead of the first batch, so that readiness is known; resolves when the try has ended, well or not. */
  prepare(): Promise<void>;
  /** Ends the connection. It may be called twice, and never rejects. */
  stop(): Promise<void>;
}

export interface CourierCondition {
  /** `broker` for a queue, `directory` for files: the name of the part in the health document. */
  readonly part: 'broker' | 'directory';
  /** `blocked`: connected, but nothing that was put has been receipted within the limit. */
  readonly state: 'up' | 'down' | 'blocked' | 'unknown';
  /** Stable code and sentence of what is wrong; absent while up. */
  readonly code?: string;
  readonly text?: string;
  /** Since when the state has been what it is. */
  readonly since: Date;
  /** Which broker or directory, without credentials. */
  readonly name: string;
}

/**
 * What became of one message that a courier was given.
 * - `sent`: it is on the broker's disk, or in its file and the directory synced. `reference` is the file's name.
 * - `retry`: this row is at fault; a later try can help.
 * - `failed`: this row is at fault; no later try can help.
 * - `untouched`: this put has certainly not put it, through no fault of the row. An earlier one may have.
 * - `unknown`: it may have been put, through no fault of the row.
 *
 * `mayBePut`: although the row is at fault, its message may be on the queue, because no answer of the broker came.
 * `suspect`: the broker works and took other messages, so this message may be the cause of the trouble.
 *
 * `code` is stable, for operators and metrics; `text` never holds a message, target or key.
 */
export type PutOutcome =
  | { readonly kind: 'sent'; readonly reference?: string }
  | ({ readonly kind: 'retry' | 'failed'; readonly mayBePut?: boolean } & PutReason)
  | ({ readonly kind: 'untouched' | 'unknown'; readonly suspect?: boolean } & PutReason);

interface PutReason {
  readonly code: string;
  readonly text: string;
}

/** A distribution with what became of its message. */
export type MessageOutcome = readonly [Distribution, PutOutcome];
