import type { Claim, DistributionStore } from '@comms/delivery';
import type { Distribution, OutboundMethod } from '@comms/distribution';
import type { Database } from '../database/database.js';
import type { StoreScope } from '../store-scope.js';
import { tableNames } from '../table-names.js';
import { claimStatement } from './claim-statement.js';
import { PostgresClaim } from './postgres-claim.js';

export interface DistributionStoreOptions extends StoreScope {
  readonly method: OutboundMethod;
  /** Bytes of message text after which a batch is cut short; 16 MiB unless told. */
  readonly maxBytes?: number;
}

/** The rows of one delivery method in PostgreSQL; each claim is one transaction on a connection of its own. */
export class PostgresDistributionStore implements DistributionStore {
  constructor(
    private readonly database: Database,
    private readonly options: DistributionStoreOptions,
  ) {}

  async claim(limit: number): Promise<Claim> {
    const { schema, method, mode, process, maxBytes = MAX_BYTES } = this.options;
    const { distribution: table } = tableNames(schema);
    const statement = claimStatement({ table, method, mode, maxBytes }, limit);
    const { transaction, result } = await this.database.begin<Distribution>(statement);
    return new PostgresClaim(transaction, result.rows, { table, process });
  }
}

/** Keeps a batch of long texts from filling the memory: beside the text come its JSON, its encryption and its frames. */
const MAX_BYTES = 16 * 1024 * 1024;
