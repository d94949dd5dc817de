import { type Claim, isPut, type Recorded, type Verdict } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';
import type { Transaction } from '../database/transaction.js';
import { StoreError } from '../store-error.js';
import type { Announcement, PutAnnouncements } from './put-announcements.js';
import { byStatus, recordApart } from './record-apart.js';
import { type SetAsideScope, writeSetAside } from './set-aside.js';
import { checkOfRecord, type RecordScope, verdictStatement } from './verdict-statement.js';

/** What a claim has found. */
export type ClaimedRows = Pick<Claim, 'distributions' | 'more'>;

/** How a claim writes. */
export interface ClaimSession {
  readonly scope: RecordScope;
  readonly transaction: Transaction;
  readonly announcements: PutAnnouncements;
  readonly setAsideScope: SetAsideScope;
  /** How long rows may be looked for that can't be recorded, in milliseconds. */
  readonly limitMs: number;
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
   * may have ended it unnoticed, as after its limit for idle transactions, and given the rows to another claim. A claim
   * that takes them from here on finds the announcement.
   */
  async announce(distributionIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { announcements, transaction } = this.session;
    this.announcement = await announcements.announce(distributionIds, transaction);
    await transaction.query('SELECT 1');
    return this.announcement.putBefore;
  }

  async record(verdicts: readonly Verdict[], unknown: readonly string[] = []): Promise<Recorded> {
    const changed = await this.recordAtOnce(verdicts, unknown);
    return changed === undefined
      ? this.recordApart(verdicts, unknown)
      : { changed, failed: [], setAside: [] };
  }

  release(): Promise<void> {
    return this.session.transaction.rollback();
  }

  /** Undefined where certain rows cannot be changed. Constraints that wait for the commit are asked while the locks are held. */
  private async recordAtOnce(
    verdicts: readonly Verdict[],
    unknown: readonly string[],
  ): Promise<number | undefined> {
    const { transaction, scope } = this.session;
    let changed = 0;
    for (const same of byStatus(verdicts)) {
      const { sql, values } = verdictStatement(scope, same);
      const result = await transaction.attempt(sql, values);
      if (result instanceof StoreError) return undefined;
      changed += result.at(-1)?.rowCount ?? 0;
    }
    const checks = ['SET CONSTRAINTS ALL IMMEDIATE', checkOfRecord(scope, verdicts)];
    const refusal = await transaction.attemptCommit([...this.settlement(unknown), ...checks].join('; '));
    return refusal === undefined ? changed : undefined;
  }

  private async recordApart(verdicts: readonly Verdict[], unknown: readonly string[]): Promise<Recorded> {
    const { transaction, scope, setAsideScope, limitMs } = this.session;
    const { changed, failed, setAside } = await recordApart({ transaction, scope, limitMs }, verdicts);
    const aside = setAside.length === 0 ? [] : [writeSetAside(setAsideScope, setAside)];
    // When they are released and put again, their messages have the duplicate flag.
    const put = setAside.filter(({ verdict }) => isPut(verdict)).map(({ verdict }) => verdict.distributionId);
    await transaction.commit([...aside, ...this.settlement([...unknown, ...put])].join('; ') || undefined);
    return { changed, failed, setAside: setAside.map(({ verdict }) => verdict.distributionId) };
  }

  private settlement(unknown: readonly string[]): string[] {
    const { announcement, session } = this;
    return announcement ? [session.announcements.settlement(announcement, unknown)] : [];
  }
}
