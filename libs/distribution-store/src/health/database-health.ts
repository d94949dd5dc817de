import type { Clock, HealthContributor, PartHealth } from '@comms/daemon-runtime';
import { type DatabaseUrl, parseDatabaseUrl } from '../configuration/database-url.js';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import type { Database } from '../database/database.js';
import { StoreError } from '../store-error.js';
import { findSchemaFault } from './schema-fault.js';
import type { TableRequirement } from './schema-requirements.js';

/** Checks whether the database can be reached, takes writes, and has the schema and the rights that the daemon needs. */
export class DatabaseHealth implements HealthContributor {
  readonly part = 'database';
  private readonly name: string;
  private last: PartHealth | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly requirements: readonly TableRequirement[],
  ) {
    this.name = nameOf(database.config);
  }

  async check(): Promise<PartHealth> {
    const fault = await this.fault();
    const state = fault ? 'down' : 'up';
    const since = this.last?.state === state ? this.last.since : this.clock.now();
    this.last = { state, since, name: this.name, ...fault };
    return this.last;
  }

  private async fault(): Promise<Pick<PartHealth, 'code' | 'text'> | undefined> {
    const { config, poolerExhausted: exhausted } = this.database;
    if (exhausted) return { code: exhausted.code, text: exhausted.message };
    try {
      const { rows } = await this.database.run<{ readOnly: string }>(READ_ONLY);
      if (rows[0]?.readOnly === 'on') throw new StoreError('STORE_READ_ONLY');
      return await findSchemaFault(this.database, config.schema, this.requirements);
    } catch (error) {
      if (error instanceof StoreError) return { code: error.code, text: error.message };
      throw error;
    }
  }
}

const READ_ONLY = `SELECT current_setting('transaction_read_only') AS "readOnly"`;

/** Which database, without credentials. */
function nameOf({ url }: Pick<DatasourceConfig, 'url'>): string {
  const parsed = parseDatabaseUrl(url);
  return 'value' in parsed ? display(parsed.value) : '';
}

function display({ host, port, database }: DatabaseUrl): string {
  return `${host}:${port}/${database}`;
}
