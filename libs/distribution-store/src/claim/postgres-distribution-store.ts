import type { Claim, DistributionStore } from '@comms/delivery';
import type { Distribution, OutboundMethod } from '@comms/distribution';
import type { Database } from '../database/database.js';
import { StoreError } from '../store-error.js';
import { type StoreScope, type TableNames, tableNames } from '../tables.js';
import { claimStatement } from './claim-statement.js';
import { type ClaimContext, PostgresClaim } from './postgres-claim.js';
import { PutAnnouncements } from './put-announcements.js';
import { CLAIMED_SAVEPOINT } from './record-apart.js';
import { selectSetAside, type SetAsideReading } from './set-aside.js';

export interface DistributionStoreOptions extends StoreScope {
  readonly method: OutboundMethod;
  /** Bytes of message text after which a batch is cut short; 1 MiB by default. */
  readonly maxBytes?: number;
  /** How long a batch may search for rows that cannot be recorded, in milliseconds; 5 seconds by default. */
  readonly isolationLimitMs?: number;
}

/** The rows of one delivery method in PostgreSQL; each claim is one transaction on its own connection. */
export class PostgresDistributionStore implements DistributionStore {
  private readonly tables: TableNames;
  private readonly maxBytes: number;
  private readonly context: Omit<ClaimContext, 'transaction'>;

  constructor(
    private readonly database: Database,
    private readonly options: DistributionStoreOptions,
  ) {
    this.tables = tableNames(options.schema);
    this.maxBytes = options.maxBytes ?? MAX_BYTES;
    const { distributionTable: table, setAsideTable } = this.tables;
    this.context = {
      announcements: new PutAnnouncements(database, { ...options, tables: this.tables }),
      scope: { table, process: options.process },
      setAsideScope: { setAsideTable, method: options.method, process: options.process },
      limitMs: options.isolationLimitMs ?? ISOLATION_LIMIT_MS,
    };
  }

  async claim(limit: number, maxMessageBytes = LONGEST_TEXT): Promise<Claim> {
    const { transaction, distributions, setAside } = await this.lock(limit, maxMessageBytes);
    if (setAside.full) {
      await transaction.rollback();
      throw new StoreError('STORE_SET_ASIDE_FULL');
    }
    // A row may have been set aside after the statement of this claim began, so the statement did not leave it out.
    const recent = new Set(setAside.recent);
    const more = distributions.length === limit || bytesOf(distributions) >= this.maxBytes;
    const free =
      recent.size === 0 ? distributions : distributions.filter((row) => !recent.has(row.distributionId));
    return new PostgresClaim({ distributions: free, more }, { transaction, ...this.context });
  }

  /** The savepoint follows the locks, so that a record that fails keeps them. All in one round trip. */
  private async lock(limit: number, maxMessageBytes: number) {
    const { method, mode } = this.options;
    const { distributionTable: table, setAsideTable } = this.tables;
    const scope = { table, setAsideTable, method, mode, maxBytes: this.maxBytes, maxMessageBytes };
    const { transaction, results } = await this.database.begin(
      `${claimStatement(scope, limit)}; ${selectSetAside(scope)}; SAVEPOINT ${CLAIMED_SAVEPOINT}`,
    );
    const [claimed, read] = results;
    return {
      transaction,
      distributions: (claimed?.rows ?? []) as Distribution[],
      setAside: (read?.rows[0] ?? NOTHING_SET_ASIDE) as SetAsideReading,
    };
  }
}

function bytesOf(distributions: readonly Distribution[]): number {
  return distributions.reduce((sum, { message }) => sum + Buffer.byteLength(message ?? ''), 0);
}

/** Keeps a batch of long texts from filling the memory, which also holds their JSON, its encrypted form and the frames. */
const MAX_BYTES = 1024 * 1024;

/** Bytes of the longest text that PostgreSQL can hold. */
const LONGEST_TEXT = 1024 * 1024 * 1024;

/** Some thousand statements, and far below the drain limit. */
const ISOLATION_LIMIT_MS = 5_000;

const NOTHING_SET_ASIDE: SetAsideReading = { recent: [], full: false };
