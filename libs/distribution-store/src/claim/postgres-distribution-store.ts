import type { Claim, DistributionStore } from '@comms/delivery';
import type { Distribution, OutboundMethod } from '@comms/distribution';
import type { Database } from '../database/database.js';
import type { StoreScope } from '../store-scope.js';
import { type TableNames, tableNames } from '../table-names.js';
import { claimStatement } from './claim-statement.js';
import { PostgresClaim } from './postgres-claim.js';
import { PutAnnouncements } from './put-announcements.js';

export interface DistributionStoreOptions extends StoreScope {
  readonly method: OutboundMethod;
  /** Bytes of message text after which a batch is cut short; 1 MiB unless told. */
  readonly maxBytes?: number;
}

/** The rows of one delivery method in PostgreSQL; each claim is one transaction on a connection of its own. */
export class PostgresDistributionStore implements DistributionStore {
  private readonly tables: TableNames;
  private readonly maxBytes: number;
  private readonly announcements: PutAnnouncements;

  constructor(
    private readonly database: Database,
    private readonly options: DistributionStoreOptions,
  ) {
    this.tables = tableNames(options.schema);
    this.maxBytes = options.maxBytes ?? MAX_BYTES;
    this.announcements = new PutAnnouncements(database, { ...options, tables: this.tables });
  }

  async claim(limit: number): Promise<Claim> {
    const { maxBytes, announcements } = this;
    const { method, mode, process } = this.options;
    const table = this.tables.distribution;
    const statement = claimStatement({ table, method, mode, maxBytes }, limit);
    const { transaction, result } = await this.database.begin<Distribution>(statement);
    const { rows: distributions } = result;
    const more = distributions.length === limit || bytesOf(distributions) >= maxBytes;
    return new PostgresClaim(
      { distributions, more },
      { transaction, announcements, scope: { table, process } },
    );
  }
}

function bytesOf(distributions: readonly Distribution[]): number {
  return distributions.reduce((sum, { message }) => sum + Buffer.byteLength(message ?? ''), 0);
}

/** Keeps a batch of long texts from filling the memory: beside the text come its JSON, its encryption and its frames. */
const MAX_BYTES = 1024 * 1024;
