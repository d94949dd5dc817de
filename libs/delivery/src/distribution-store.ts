import type { DeliveredStatus, Distribution } from '@comms/distribution';

/** The rows of one delivery method. */
export interface DistributionStore {
  /**
   * Locks up to `limit` rows that may be distributed now, highest priority first, then oldest; rows that another
   * session holds are passed over. The locks last until the claim is recorded or released, or its session ends.
   */
  claim(limit: number): Promise<Claim>;
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
   * `D` are changed; the answer counts those. What was announced is settled, except for the rows in `unknown`: they
   * may have been put, and the next claim of them is told so.
   */
  record(verdicts: readonly Verdict[], unknown?: readonly string[]): Promise<number>;
  /** Ends the claim and leaves every row as it was; what was announced stays so. Safe to call after `record`. */
  release(): Promise<void>;
}

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
