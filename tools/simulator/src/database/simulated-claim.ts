import { type Claim, type Recorded, unrecorded, type Verdict } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';
import type { Database } from './database.js';
import { DatabaseFailure } from './database-failure.js';
import type { Row } from './row.js';
import type { Session } from './session.js';

/** Moments of a claim at which a fault may be wanted. */
type ClaimMoment = 'claimed' | 'announced' | 'recording' | 'recorded';

export interface RecordRules {
  /** Whether a verdict is written only while its row is at `D`. */
  readonly guarded: boolean;
  /** Whether a row that may not be written costs no other row. */
  readonly isolating: boolean;
  /** Whether rows that are set aside are not claimed. */
  readonly passesOverSetAside: boolean;
  /** Whether texts that are too long are not loaded. */
  readonly measuresTexts: boolean;
  readonly onMoment: (moment: ClaimMoment) => void;
  /** Called with each verdict as it becomes visible, before the row changes. */
  readonly onRecorded: (row: Row, verdict: Verdict) => void;
}

export interface SimulatedClaimParts {
  readonly database: Database;
  readonly session: Session;
  readonly distributions: readonly Distribution[];
  readonly limit: number;
  readonly rules: RecordRules;
}

interface Announcement {
  readonly id: number;
  readonly putBefore: ReadonlySet<string>;
}

/** Does what the statements of the real claim do. */
export class SimulatedClaim implements Claim {
  readonly distributions: readonly Distribution[];
  readonly more: boolean;
  private announcement: Announcement | undefined;
  private ended = false;

  constructor(private readonly parts: SimulatedClaimParts) {
    this.distributions = parts.distributions;
    this.more = parts.distributions.length === parts.limit;
  }

  /**
   * On another session, so that it stays whatever happens to the claim. Only then is the claim asked whether it still
   * holds its locks: any other daemon that takes the rows from then on finds the announcement.
   */
  async announce(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const { database, rules } = this.parts;
    const session = await database.connect();
    this.announcement = await session.call(`announce ${ids.join()}`, () => {
      database.requireWritable();
      const earlier = new Set([...database.announcements.values()].flatMap((announced) => [...announced]));
      const id = database.nextAnnouncementId();
      database.announcements.set(id, new Set(ids));
      rules.onMoment('announced');
      return { id, putBefore: new Set(ids.filter((each) => earlier.has(each))) };
    });
    session.close();
    await this.parts.session.call('ask for the locks', () => undefined);
    return this.announcement.putBefore;
  }

  async record(verdicts: readonly Verdict[], mayBePut: readonly string[] = []): Promise<Recorded> {
    if (this.ended) throw new DatabaseFailure('STORE_CLAIM_ENDED');
    const { database, session, rules } = this.parts;
    const recorded = await session.call('update', () => {
      database.requireWritable();
      const staged = this.stage(verdicts.filter(({ distributionId }) => this.mayWrite(distributionId)));
      rules.onMoment('recording');
      return staged;
    });
    await session.call('commit', () => {
      this.commit(mayBePut);
      rules.onMoment('recorded');
    });
    this.end();
    return recorded;
  }

  async release(): Promise<void> {
    if (this.ended) return;
    const { session } = this.parts;
    await session
      .call('rollback', () => {
        session.rollback();
      })
      .catch(() => undefined);
    this.end();
  }

  private end(): void {
    this.ended = true;
    this.parts.session.close();
  }

  private commit(mayBePut: readonly string[]): void {
    const { database, session } = this.parts;
    const loss = database.commitLoss;
    database.commitLoss = undefined;
    if (loss !== 'before') {
      session.staged.push(() => {
        this.settle(mayBePut);
      });
      session.commit();
    }
    if (loss !== undefined) throw new DatabaseFailure('STORE_CONNECTION_LOST');
  }

  private mayWrite(id: string): boolean {
    return !this.parts.rules.guarded || this.parts.database.rows.get(id)?.status === 'D';
  }

  /** Those that may be written; then `E` for the others; then what is left is set aside. */
  private stage(verdicts: readonly Verdict[]): Recorded {
    const { database, session, rules } = this.parts;
    const isRefused = (verdict: Verdict) => isRefusedBy(database.rows.get(verdict.distributionId), verdict);
    const refused = verdicts.filter(isRefused).map(unrecorded);
    if (refused.length > 0 && !rules.isolating) throw new DatabaseFailure('STORE_DATA_REFUSED');
    const failed = refused.filter((verdict) => !isRefused(verdict));
    const setAside = refused.filter(isRefused).map(({ distributionId }) => distributionId);
    const written = verdicts.filter((verdict) => !isRefused(verdict));
    for (const verdict of [...written, ...failed])
      session.staged.push(() => {
        this.write(verdict);
      });
    session.staged.push(() => {
      for (const id of setAside) database.setAside.add(id);
    });
    return {
      changed: written.length + failed.length,
      failed: failed.map(({ distributionId }) => distributionId),
      setAside,
    };
  }

  private write(verdict: Verdict): void {
    const { database, rules } = this.parts;
    const row = database.rows.get(verdict.distributionId);
    if (row === undefined) return;
    rules.onRecorded(row, verdict);
    row.status = verdict.status;
    row.errorCode = 'code' in verdict ? verdict.code : undefined;
    if (verdict.status === 'R') row.retryAt = database.world.now + verdict.retryInMs;
    if (verdict.status === 'R' || verdict.status === 'E') row.retryCount += 1;
    else row.sending = String(Math.round(database.world.now * 1000));
  }

  private settle(mayBePut: readonly string[]): void {
    if (this.announcement === undefined) return;
    const { id, putBefore } = this.announcement;
    const { announcements, rows } = this.parts.database;
    if (mayBePut.length === 0) announcements.delete(id);
    else announcements.set(id, new Set(mayBePut));
    if (putBefore.size === 0) return;
    for (const [earlier, ids] of announcements)
      if ([...ids].every((each) => isDelivered(rows.get(each)))) announcements.delete(earlier);
  }
}

function isDelivered(row: Row | undefined): boolean {
  return row === undefined || row.status === 'S' || row.status === 'P';
}

function isRefusedBy(row: Row | undefined, { status }: Verdict): boolean {
  return row?.refuses.includes(status) ?? false;
}
