import type { Distribution, DistributionStatus } from '@comms/distribution';
import { type Claim, type DistributionStore, MOST_SET_ASIDE, type Recorded } from '../ports.js';
import { unrecorded, type Verdict } from '../verdict.js';

/** A row of the in-memory store: the distribution and what the daemons write. */
export interface StoredRow {
  distribution: Distribution;
  status: DistributionStatus;
  retryInMs?: number;
  code?: string;
  reference?: string;
}

/** Rows in memory with row locks, so that several claims at once behave as SKIP LOCKED does. */
export class InMemoryDistributionStore implements DistributionStore {
  private readonly rowsById = new Map<string, StoredRow>();
  private readonly locked = new Set<string>();
  private readonly putBefore = new Set<string>();
  /** Claims of an earlier session have lost their locks. */
  private session = 0;
  /** Thrown by the next `record`, once; the rows stay as they were, as after a lost connection. */
  failNextRecord: Error | undefined;
  /** The statuses that may not be written of a row, by its id. */
  readonly refusals = new Map<string, readonly DistributionStatus[]>();
  /** The ids of rows that are set aside. */
  readonly setAside = new Set<string>();

  insert(...distributions: Distribution[]): void {
    for (const distribution of distributions) {
      this.rowsById.set(distribution.distributionId, { distribution, status: 'D' });
    }
  }

  row(distributionId: string): StoredRow {
    const row = this.rowsById.get(distributionId);
    if (!row) throw new Error(`no row ${distributionId}`);
    return row;
  }

  isAnnounced(distributionId: string): boolean {
    return this.putBefore.has(distributionId);
  }

  statuses(): DistributionStatus[] {
    return [...this.rowsById.values()].map((row) => row.status);
  }

  /** Frees the rows of all open claims, which do not learn of it. */
  loseLocks(): void {
    this.session += 1;
    this.locked.clear();
  }

  claim(limit: number, maxMessageBytes = Infinity): Promise<Claim> {
    if (this.setAside.size >= MOST_SET_ASIDE) return Promise.reject(new Error('too many rows are set aside'));
    const rows = [...this.rowsById.values()]
      .filter((row) => this.isFree(row))
      .sort((a, b) => byPriorityThenAge(a.distribution, b.distribution))
      .slice(0, limit);
    const ids = rows.map(({ distribution }) => distribution.distributionId);
    for (const id of ids) this.locked.add(id);
    const { session } = this;
    const requireLocks = () => {
      if (session !== this.session) throw new Error('the claim has lost its locks');
    };
    const unlock = () => {
      if (session === this.session) for (const id of ids.splice(0)) this.locked.delete(id);
      return Promise.resolve();
    };
    const announced = new Set<string>();
    return Promise.resolve({
      distributions: rows.map(({ distribution }) => loaded(distribution, maxMessageBytes)),
      more: rows.length === limit,
      announce: (announcing) => {
        const before = this.announce(announcing, announced);
        return Promise.resolve(before).finally(requireLocks);
      },
      record: async (verdicts, mayBePut = []) => {
        requireLocks();
        const recorded = this.write(verdicts);
        this.settle(verdicts, announced, new Set(mayBePut));
        await unlock();
        return recorded;
      },
      release: unlock,
    });
  }

  /** `announced` gets those that no earlier claim has announced. */
  private announce(ids: readonly string[], announced: Set<string>): ReadonlySet<string> {
    const before = new Set(ids.filter((id) => this.putBefore.has(id)));
    for (const id of ids) {
      if (!before.has(id)) announced.add(id);
      this.putBefore.add(id);
    }
    return before;
  }

  private settle(
    verdicts: readonly Verdict[],
    announced: ReadonlySet<string>,
    mayBePut: ReadonlySet<string>,
  ): void {
    const delivered = verdicts.filter(isDelivered);
    for (const id of announced) if (!mayBePut.has(id)) this.putBefore.delete(id);
    for (const { distributionId } of delivered) this.putBefore.delete(distributionId);
  }

  private write(verdicts: readonly Verdict[]): Recorded {
    const failure = this.failNextRecord;
    this.failNextRecord = undefined;
    if (failure) throw failure;
    const open = verdicts.filter(({ distributionId }) => this.row(distributionId).status === 'D');
    const refused = open.filter((verdict) => !this.writeOne(verdict)).map(unrecorded);
    const aside = refused.filter((verdict) => !this.writeOne(verdict)).map(idOf);
    for (const id of aside) this.setAside.add(id);
    const failed = refused.map(idOf).filter((id) => !this.setAside.has(id));
    return { changed: open.length - aside.length, failed, setAside: aside };
  }

  /** False where it is refused. */
  private writeOne({ distributionId, ...written }: Verdict): boolean {
    if (this.refusals.get(distributionId)?.includes(written.status)) return false;
    const row = Object.assign(this.row(distributionId), written);
    if (isDelivered(row)) row.distribution = sentOnceMore(row.distribution);
    return true;
  }

  private isFree({ status, distribution: { distributionId } }: StoredRow): boolean {
    return status === 'D' && !this.locked.has(distributionId) && !this.setAside.has(distributionId);
  }
}

function idOf({ distributionId }: Verdict): string {
  return distributionId;
}

function loaded(distribution: Distribution, maxMessageBytes: number): Distribution {
  const tooLong = Buffer.byteLength(distribution.message ?? '') > maxMessageBytes;
  return tooLong ? { ...distribution, message: null, messageTooLong: true } : distribution;
}

function isDelivered({ status }: { readonly status: DistributionStatus }): boolean {
  return status === 'S' || status === 'P';
}

function sentOnceMore(distribution: Distribution): Distribution {
  return { ...distribution, sending: `${Number(distribution.sending) + 1}` };
}

function byPriorityThenAge(a: Distribution, b: Distribution): number {
  return a.priority - b.priority || Number(BigInt(a.distributionId) - BigInt(b.distributionId));
}
