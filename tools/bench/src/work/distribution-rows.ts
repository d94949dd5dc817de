import type { Pool } from 'pg';
import { commitAtOnce, type Work } from './work.js';
import { insertWaiting, type RowKind } from './insert-rows.js';

export interface DistributionRowsOptions extends RowKind {
  readonly method: 'PUSH' | 'SMS';
  /** Whether sent rows stay from pass to pass, as they do in production. By default each pass has an empty table. */
  readonly keepSent?: boolean;
  /** The broker refuses each row whose id this divides, so that it must become `R`; without it, no row. */
  readonly refusedEvery?: number;
}

/** Rows at `D` of the table that the daemons work on. */
export class DistributionRows implements Work {
  private first = '0';
  private last = '0';

  constructor(
    private readonly pool: Pool,
    private readonly options: DistributionRowsOptions,
  ) {}

  async reset(): Promise<void> {
    if (this.options.keepSent !== true) await this.clear();
    await this.pool.query('CHECKPOINT');
    const { rows } = await this.pool.query<{ last: string | null }>(
      `SELECT max(${ID}) AS last FROM ${TABLE}`,
    );
    this.last = rows[0]?.last ?? '0';
  }

  /** Leaves an empty table. */
  async clear(): Promise<void> {
    await this.pool.query(`TRUNCATE ${TABLE}, comms_put_announcement`);
  }

  async fill(rows: number): Promise<number> {
    const { method } = this.options;
    const committed = await commitAtOnce(
      this.pool,
      [insertWaiting(method, this.options), rows],
      [`ANALYZE ${TABLE}`],
    );
    await this.readIds();
    return committed;
  }

  /** The last row usually goes last, and it is cheap to read. */
  async isDone(): Promise<boolean> {
    const { rows } = await this.pool.query<{ done: boolean }>(
      `SELECT distribution_status <> 'D' AS done FROM ${TABLE} WHERE ${ID} = $1`,
      [this.last],
    );
    return rows[0]?.done === true && (await this.isEmpty());
  }

  async countDone(): Promise<number> {
    const { refusedEvery } = this.options;
    const refused = refusedEvery === undefined ? 'false' : `${ID} % ${refusedEvery} = 0`;
    const { rows } = await this.pool.query<{ count: number }>(
      `SELECT count(*)::int FROM ${TABLE} WHERE ${ID} >= $1 AND CASE WHEN ${refused}
         THEN distribution_status = 'R' ELSE distribution_status = 'S' AND sent_date_time IS NOT NULL END`,
      [this.first],
    );
    return rows[0]?.count ?? 0;
  }

  /** Reads the ids of what was inserted since they were last read. */
  private async readIds(): Promise<void> {
    const { rows } = await this.pool.query<{ first: string; last: string }>(
      `SELECT min(${ID}) AS first, max(${ID}) AS last FROM ${TABLE} WHERE ${ID} > $1`,
      [this.last],
    );
    this.first = rows[0]?.first ?? '0';
    this.last = rows[0]?.last ?? '0';
  }

  private async isEmpty(): Promise<boolean> {
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
