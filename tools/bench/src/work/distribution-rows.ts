import type { Pool } from 'pg';
import { commitAtOnce } from './commit-at-once.js';
import { rowColumns } from './row-columns.js';
import type { Work } from './work.js';

export interface DistributionRowsOptions {
  readonly method: 'PUSH' | 'SMS';
  readonly messageBytes: number;
}

/** Rows at `D` of the table that the daemons work on. */
export class DistributionRows implements Work {
  #last = '0';

  constructor(
    private readonly pool: Pool,
    private readonly options: DistributionRowsOptions,
  ) {}

  async reset(): Promise<void> {
    await this.pool.query(`TRUNCATE ${TABLE}, comms_put_announcement`);
    await this.pool.query('CHECKPOINT');
  }

  async fill(rows: number): Promise<number> {
    const { method, messageBytes } = this.options;
    const columns = Object.entries(rowColumns(messageBytes));
    const committed = await commitAtOnce(
      this.pool,
      [
        `INSERT INTO ${TABLE} (delivery_method, distribution_status, ${columns.map(([name]) => name).join(', ')})
         SELECT '${method}', 'D', ${columns.map(([, value]) => value).join(', ')}
         FROM generate_series(1, $1::int) AS i`,
        rows,
      ],
      [`ANALYZE ${TABLE}`],
    );
    this.#last = await this.#lastId();
    return committed;
  }

  /** The last row goes last, as a rule: it is cheap to ask for. */
  async isDone(): Promise<boolean> {
    const { rows } = await this.pool.query<{ done: boolean }>(
      `SELECT distribution_status = 'S' AS done FROM ${TABLE} WHERE ${ID} = $1`,
      [this.#last],
    );
    return rows[0]?.done === true && (await this.#isEmpty());
  }

  async countDone(): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(
      `SELECT count(*)::int FROM ${TABLE} WHERE distribution_status = 'S' AND sent_date_time IS NOT NULL`,
    );
    return rows[0]?.count ?? 0;
  }

  async #lastId(): Promise<string> {
    const { rows } = await this.pool.query<{ id: string }>(`SELECT max(${ID}) AS id FROM ${TABLE}`);
    return rows[0]?.id ?? '0';
  }

  async #isEmpty(): Promise<boolean> {
    const { rows } = await this.pool.query<{ empty: boolean }>(
      `SELECT NOT EXISTS (SELECT FROM ${TABLE} WHERE delivery_method = $1 AND distribution_status = 'D'
         AND lapsed_date_time IS NULL) AS empty`,
      [this.options.method],
    );
    return rows[0]?.empty === true;
  }
}

const TABLE = 'comms_request_target_distribution';
const ID = `${TABLE}_id`;
