import type { Distribution, DistributionStatus } from '@comms/distribution';
import type { Session } from './session.js';

/**
 * What is wrong with a row, and how the broker reports it. `MISSING` is a row without text, `TOO_LONG` one whose text
 * is longer than a claim allows. At `ENDS` the connection ends. `SILENT`, and all that follows it, gets no response.
 */
export type Poison = 'MISSING' | 'TOO_LONG' | 'REFUSED' | 'TOO_LARGE' | 'NAMELESS' | 'ENDS' | 'SILENT';

/** A row of the table of distributions. */
export interface Row {
  readonly id: string;
  /** What upstream has inserted. */
  readonly content: RowContent;
  readonly poison: Poison | undefined;
  /** The statuses that a trigger refuses to write of it. */
  readonly refuses: readonly DistributionStatus[];
  errorCode: string | undefined;
  status: DistributionStatus;
  retryCount: number;
  /** When the retry is due, in virtual time. */
  retryAt: number;
  /** Changes when a row that was sent is requeued. */
  sending: string;
  /** Who holds its lock. */
  lockedBy: Session | undefined;
  /** Someone has changed it in spite of a lock. */
  meddledWith: boolean;
}

export type RowContent = Omit<Distribution, 'retryCount' | 'sending' | 'messageTooLong'>;

/** What may be wrong with a row. */
export interface RowFaults {
  readonly poison?: Poison | undefined;
  readonly refuses?: readonly DistributionStatus[];
}

/** A row as upstream inserts it. */
export function newRow(content: RowContent, { poison, refuses = [] }: RowFaults = {}): Row {
  return {
    id: content.distributionId,
    content,
    poison,
    refuses,
    errorCode: undefined,
    status: 'D',
    retryCount: 0,
    retryAt: 0,
    sending: '0',
    lockedBy: undefined,
    meddledWith: false,
  };
}
