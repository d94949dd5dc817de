import type { DeliveredStatus, Distribution } from '@comms/distribution';

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
   * Makes known, durably and before it happens, that the messages of these rows may be put from now on. Answers those
   * of them that may have been put before: made known by a claim, of whatever process, that never told their outcome.
   * Rejects where the claim has lost its locks meanwhile; nothing may be put then.
   */
  announce(distributionIds: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Writes the verdicts and ends the claim. A row without a verdict stays as it was. Only rows that still have status
   * `D` are changed. What was announced is settled, except for the rows in `unknown`: they may have been put, and the
   * next claim of them is told so.
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
  readonly status: 'R';
  /** From the database's now until the retry is due, in milliseconds. */
  readonly retryInMs: number;
}

export interface FailedVerdict extends RowFault {
  readonly distributionId: string;
  readonly status: 'E';
}

/** Why a row was not delivered; neither part ever holds a message, target or key. */
export interface RowFault {
  /** Stable, at most 50 characters. */
  readonly code: string;
  /** A sentence for the operator, at most 500 characters. */
  readonly text: string;
}
