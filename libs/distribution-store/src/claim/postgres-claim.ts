import { type Claim, isPut, type Recorded, type Verdict } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';
import { StoreError } from '../store-error.js';
import type { Announcement, PutAnnouncements } from './put-announcements.js';
import { byStatus, type RecordContext, recordApart } from './record-apart.js';
import { type SetAsideScope, insertSetAside } from './set-aside.js';
import { checkOfRecord, verdictStatement } from './verdict-statement.js';

/** What a claim has found. */
export type ClaimedRows = Pick<Claim, 'distributions' | 'more'>;

/** What a claim needs to record its rows. */
export interface ClaimContext extends RecordContext {
  readonly announcements: PutAnnouncements;
  readonly setAsideScope: SetAsideScope;
}

/** Locked rows and the transaction that holds them. */
export class PostgresClaim implements Claim {
  readonly distributions: readonly Distribution[];
  readonly more: boolean;
  private announcement: Announcement | undefined;

  constructor(
    { distributions, more }: ClaimedRows,
    private readonly context: ClaimContext,
  ) {
    this.distributions = distributions;
    this.more = more;
  }

  /**
   * Announces in a second database session, then checks that the claim's own session still lives. The database may have
   * ended it unnoticed, as after its limit for idle transactions, and another claim may have taken the rows. The order
   * matters: a claim that takes them later finds the announcement.
   */
  async announce(distributionIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { announcements, transaction } = this.context;
    this.announcement = await announcements.announce(distributionIds, transaction);
    await transaction.query('SELECT 1');
    return this.announcement.putBefore;
  }

  async record(verdicts: readonly Verdict[], mayBePut: readonly string[] = []): Promise<Recorded> {
    const changed = await this.recordAtOnce(verdicts, mayBePut);
    return changed === undefined
      ? this.writeApart(verdicts, mayBePut)
      : { changed, failed: [], setAside: [] };
  }

  release(): Promise<void> {
    return this.context.transaction.rollback();
  }

  /**
   * Undefined, with nothing written, where the database refuses certain rows. Deferred constraints are checked before the
   * commit, while the locks are still held.
   */
  private async recordAtOnce(
    verdicts: readonly Verdict[],
    mayBePut: readonly string[],
  ): Promise<number | undefined> {
    const { transaction, scope } = this.context;
    let changed = 0;
    for (const same of byStatus(verdicts)) {
      const { sql, values } = verdictStatement(scope, same);
      const result = await transaction.attempt(sql, values);
      if (result instanceof StoreError) return undefined;
      changed += result.at(-1)?.rowCount ?? 0;
    }
    const checks = ['SET CONSTRAINTS ALL IMMEDIATE', checkOfRecord(scope, verdicts)];
    const refusal = await transaction.attemptCommit([...this.settlement(mayBePut), ...checks].join('; '));
    return refusal === undefined ? changed : undefined;
  }

  private async writeApart(verdicts: readonly Verdict[], mayBePut: readonly string[]): Promise<Recorded> {
    const { transaction, setAsideScope } = this.context;
    const { changed, failed, setAside } = await recordApart(this.context, verdicts);
    const aside = setAside.length === 0 ? [] : [insertSetAside(setAsideScope, setAside)];
    // When they are released and put again, their messages have the duplicate flag.
    const put = setAside.filter(({ verdict }) => isPut(verdict)).map(({ verdict }) => verdict.distributionId);
    await transaction.commit([...aside, ...this.settlement([...mayBePut, ...put])].join('; ') || undefined);
    return { changed, failed, setAside: setAside.map(({ verdict }) => verdict.distributionId) };
  }

  private settlement(mayBePut: readonly string[]): string[] {
    const { announcement, context } = this;
    return announcement ? [context.announcements.settlement(announcement, mayBePut)] : [];
  }
}
