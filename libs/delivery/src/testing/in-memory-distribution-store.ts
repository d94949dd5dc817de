import type { Distribution, DistributionStatus } from '@comms/distribution';
import type { Claim, DistributionStore, Verdict } from '../distribution-store.js';

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
  /** The claims of an earlier one have lost their locks. */
  private session = 0;
  /** Thrown by the next `record`, once; the rows stay as they were, as after a lost connection. */
  failNextRecord: Error | undefined;

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

  /** Gives the rows of all open claims back; the claims are not told. */
  loseLocks(): void {
    this.session += 1;
    this.locked.clear();
  }

  claim(limit: number): Promise<Claim> {
    const rows = [...this.rowsById.values()]
      .filter(({ status, distribution }) => status === 'D' && !this.locked.has(distribution.distributionId))
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
      distributions: rows.map(({ distribution }) => distribution),
      more: rows.length === limit,
      announce: (announcing) => {
        const before = this.announce(announcing, announced);
        return Promise.resolve(before).finally(requireLocks);
      },
      record: async (verdicts, unknown = []) => {
        requireLocks();
        const changed = this.write(verdicts);
        this.settle(verdicts, announced, new Set(unknown));
        await unlock();
        return changed;
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
    unknown: ReadonlySet<string>,
  ): void {
    const delivered = verdicts.filter(isDelivered);
    for (const id of announced) if (!unknown.has(id)) this.putBefore.delete(id);
    for (const { distributionId } of delivered) this.putBefore.delete(distributionId);
  }

  private write(verdicts: readonly Verdict[]): number {
    const failure = this.failNextRecord;
    this.failNextRecord = undefined;
    if (failure) throw failure;
    const open = verdicts.filter(({ distributionId }) => this.row(distributionId).status === 'D');
    for (const { distributionId, ...written } of open) {
      const row = Object.assign(this.row(distributionId), written);
      if (isDelivered(row)) row.distribution = sentOnceMore(row.distribution);
    }
    return open.length;
  }
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
