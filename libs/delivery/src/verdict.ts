import type { DeliveredStatus, MovedTo } from '@comms/distribution';
import { rowFault } from './row-codes.js';

/** What is to be recorded of one row: its new status, and what goes with it. */
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

/** Why a row was not delivered. Neither part ever holds a message, target or key. */
export interface RowFault {
  /** Stable, at most 50 characters. */
  readonly code: string;
  /** A sentence for the operator, at most 500 characters. */
  readonly text: string;
}

/** Whether the message of a row with this verdict is on the queue, or in the directory. */
export function isPut({ status }: Verdict): boolean {
  return status === 'S' || status === 'P';
}

/**
 * The verdict in place of one that the store refuses to write. A row whose message was put gets its own code, so that a
 * requeue of many rows can leave it out. Any other row fails for the reason that it had, without a further try.
 */
export function unrecorded(verdict: Verdict): FailedVerdict {
  const { code, text } = 'code' in verdict ? verdict : rowFault('MESSAGE_PUT_NOT_RECORDED');
  return { distributionId: verdict.distributionId, status: 'E', code, text };
}
