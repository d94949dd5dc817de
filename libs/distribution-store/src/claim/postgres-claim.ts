import type { Claim, Verdict } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';
import type { Transaction } from '../database/transaction.js';
import type { Announcement, PutAnnouncements } from './put-announcements.js';
import { type RecordScope, verdictStatement } from './verdict-statement.js';

/** What a claim has found. */
export type ClaimedRows = Pick<Claim, 'distributions' | 'more'>;

/** How a claim writes. */
export interface ClaimSession {
  readonly scope: RecordScope;
  readonly transaction: Transaction;
  readonly announcements: PutAnnouncements;
}

/** Locked rows and the transaction that holds them. */
export class PostgresClaim implements Claim {
  readonly distributions: readonly Distribution[];
  readonly more: boolean;
  private announcement: Announcement | undefined;

  constructor(
    { distributions, more }: ClaimedRows,
    private readonly session: ClaimSession,
  ) {
    this.distributions = distributions;
    this.more = more;
  }

  /**
   * Only after the announcement stands is the claim's own session asked whether it still holds the locks: the database
   * may have ended it unnoticed, as after its limit for idle transactions, and given the rows to another claim. Whoever
   * takes them from here on finds the announcement.
   */
  async announce(distributionIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { announcements, transaction } = this.session;
    this.announcement = await announcements.announce(distributionIds, transaction);
    await transaction.query('SELECT 1');
    return this.announcement.putBefore;
  }

  async record(verdicts: readonly Verdict[], unknown: readonly string[] = []): Promise<number> {
    const { transaction, scope, announcements } = this.session;
    let changed = 0;
    for (const same of byStatus(verdicts)) {
      const { sql, values } = verdictStatement(scope, same);
      changed += (await transaction.query(sql, values)).rowCount ?? 0;
    }
    await transaction.commit(this.announcement && announcements.settlement(this.announcement, unknown));
    return changed;
  }

  release(): Promise<void> {
    return this.session.transaction.rollback();
  }
}

function byStatus(verdicts: readonly Verdict[]): [Verdict, ...Verdict[]][] {
  const groups = new Map<Verdict['status'], [Verdict, ...Verdict[]]>();
  for (const verdict of verdicts) {
    const group = groups.get(verdict.status);
    if (group) group.push(verdict);
    else groups.set(verdict.status, [verdict]);
  }
  return [...groups.values()];
}
