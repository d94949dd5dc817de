import type { DeliveredStatus, Distribution, MovedTo } from '@comms/distribution';
import type { RetryPolicy } from './retry-policy.js';
import { rowFault } from './row-codes.js';

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
   * Locks up to `limit` rows that may be distributed now, highest priority first, then oldest; rows that another
   * session holds, or that are set aside, are passed over. The locks last until the claim is recorded or released, or
   * its session ends. A text of more than `maxMessageBytes` in UTF-8 is not loaded; without it, each is.
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
   * Makes known, durably and before it happens, that the messages of these rows may be put from now on. Returns those
   * of them that may have been put before: a claim of some process made them known, and never recorded their outcome.
   * Rejects where the claim has lost its locks meanwhile; nothing may be put then.
   */
  announce(distributionIds: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Writes the verdicts and ends the claim. A row without a verdict stays as it was. Only rows that still have status
   * `D` are changed. What was announced is settled, except for the rows in `unknown`: they may have been put, and the
   * next claim of them knows it.
   *
   * A verdict that the store refuses for what its row holds costs no other row: the others are written. The row gets the
   * status `E` by {@link unrecorded} instead and, where that is refused too, is set aside: no claim takes it until an
   * operator releases it. All of this is one step, during which no other claim can take any of the rows.
   */
  record(verdicts: readonly Verdict[], unknown?: readonly string[]): Promise<Recorded>;
  /** Ends the claim and leaves every row as it was; what was announced stays so. Safe to call after `record`. */
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

/** Rows of one method that may be set aside before nothing more of it is claimed. */
export const MOST_SET_ASIDE = 10_000;

/** What is to be written of one row. */
export type Verdict = DeliveredVerdict | RetryVerdict | FailedVerdict;

export interface DeliveredVerdict {
  readonly distributionId: string;
  readonly status: DeliveredStatus;
  readonly reference?: string;
}

export interface RetryVerdict extends RowFault {
  readonly distributionId: string;
  readonly status: Extract<MovedTo<'daemon', 'D'>, 'R'>;
  /** From the database's now until the retry is due, in milliseconds. */
  readonly retryInMs: number;
}

export interface FailedVerdict extends RowFault {
  readonly distributionId: string;
  readonly status: Extract<MovedTo<'daemon', 'D'>, 'E'>;
}

/** Why a row was not delivered; neither part ever holds a message, target or key. */
export interface RowFault {
  /** Stable, at most 50 characters. */
  readonly code: string;
  /** A sentence for the operator, at most 500 characters. */
  readonly text: string;
}

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
  /** When the message may be thrown away unread, in epoch milliseconds; absent where never. */
  readonly expiresAt?: number | undefined;
}

/** Puts messages where the third party takes them from: a queue or a directory. */
export interface Courier {
  /** Whether a message that is put again takes the place of its first, so that no repeat has to be flagged. */
  readonly replacesRepeats: boolean;
  /**
   * Puts a batch and returns one outcome per message, in the same order. Expected failures are outcomes; it settles
   * within its configured limits whatever the other side does, and never throws for a broker or disk that is down.
   */
  put(messages: readonly OutboundMessage[]): Promise<readonly PutOutcome[]>;
  /** How the other side is doing, for health: judged from what was last seen, without asking it again. */
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
 * - `untouched`: it was certainly not put, through no fault of the row.
 * - `unknown`: it may have been put, through no fault of the row.
 *
 * A row at fault `mayBePut` all the same, where no answer of the broker came. One that is untouched or unknown is `suspect` where the
 * broker works, and only such messages are known to be in trouble.
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

/** Whether the message of a row with this verdict is on the queue, or in the directory. */
export function isPut({ status }: Verdict): boolean {
  return status === 'S' || status === 'P';
}

/**
 * What becomes of a row whose verdict the store refuses to write. One that was put gets a code of its own, so that it is
 * not sent again with others; one that was not put has failed for the reason that it had, without a further try.
 */
export function unrecorded(verdict: Verdict): FailedVerdict {
  const { code, text } = 'code' in verdict ? verdict : rowFault('MESSAGE_PUT_NOT_RECORDED');
  return { distributionId: verdict.distributionId, status: 'E', code, text };
}
