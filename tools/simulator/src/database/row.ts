import type { Distribution, DistributionStatus } from '@comms/distribution';
import type { Session } from './session.js';

/** What is wrong with a row, and how the broker says so; `MISSING` is a row without text. */
export type Poison = 'MISSING' | 'REFUSED' | 'TOO_LARGE' | 'NAMELESS';

/** A row of the table of distributions. */
export interface Row {
  readonly id: string;
  /** What upstream has put in. */
  readonly content: RowContent;
  readonly poison: Poison | undefined;
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

export type RowContent = Omit<Distribution, 'retryCount' | 'sending'>;

/** A row as upstream puts it in. */
export function newRow(content: RowContent, poison?: Poison): Row {
  return {
    id: content.distributionId,
    content,
    poison,
    status: 'D',
    retryCount: 0,
    retryAt: 0,
    sending: '0',
    lockedBy: undefined,
    meddledWith: false,
  };
}
