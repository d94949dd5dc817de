import type { Pool } from 'pg';
import { commitAtOnce, type Work } from './work.js';
import { rowColumns } from './insert-rows.js';

/** How a job queue in the database is filled and counted. */
export interface JobTables {
  /** The tables that hold jobs, to be emptied. */
  readonly tables: string;
  /** Inserts the jobs `1` to `$1`. The payload of a job is given as an SQL expression over the number `i`. */
  readonly insert: (payload: string) => string;
  /** Counts jobs that wait or are at work, as `count`. */
  readonly countOpen: string;
  /** Counts jobs that are done well, as `count`; without it, done jobs are removed and failed ones stay open. */
  readonly countDone?: string;
}

/** Jobs of a library's queue. Each has the content of a row of the daemons' table. */
export class JobWork implements Work {
  private filled = 0;

  constructor(
    private readonly pool: Pool,
    private readonly jobs: JobTables,
    private readonly messageBytes: number,
  ) {}

  async reset(): Promise<void> {
    await this.pool.query(`TRUNCATE ${this.jobs.tables}`);
    await this.pool.query('CHECKPOINT');
    this.filled = 0;
  }

  async fill(rows: number): Promise<number> {
    const { insert, tables } = this.jobs;
    const committed = await commitAtOnce(
      this.pool,
      [insert(payload(this.messageBytes)), rows],
      [`ANALYZE ${tables}`],
    );
    this.filled = rows;
    return committed;
  }

  async isDone(): Promise<boolean> {
    return (await this.count(this.jobs.countOpen)) === 0;
  }

  async countDone(): Promise<number> {
    const { countOpen, countDone } = this.jobs;
    return countDone === undefined ? this.filled - (await this.count(countOpen)) : this.count(countDone);
  }

  private async count(sql: string): Promise<number> {
    const { rows } = await this.pool.query<{ count: string }>(sql);
    return Number(rows[0]?.count);
  }
}

/** A `Distribution` as JSON. */
function payload(messageBytes: number): string {
  const { comms_request_id, comms_code, target, alias_value, priority, message } = rowColumns({
    messageBytes,
  });
  return `json_build_object('distributionId', i::text, 'commsRequestId', (${comms_request_id})::text,
    'commsCode', ${comms_code}, 'deliveryMethod', 'PUSH', 'priority', ${priority}, 'target', ${target},
    'alias', ${alias_value}, 'message', ${message}, 'retryCount', 0, 'sending', '0')`;
}

export const GRAPHILE_WORKER: JobTables = {
  tables: 'graphile_worker._private_jobs',
  insert: (payload) =>
    `SELECT graphile_worker.add_job('publish', ${payload}) FROM generate_series(1, $1::int) AS i`,
  countOpen: 'SELECT count(*) FROM graphile_worker.jobs',
};

export const PG_BOSS: JobTables = {
  tables: 'pgboss.job',
  insert: (payload) =>
    `INSERT INTO pgboss.job (name, data) SELECT 'publish', ${payload} FROM generate_series(1, $1::int) AS i`,
  countOpen: `SELECT count(*) FROM pgboss.job WHERE name = 'publish' AND state <> 'completed'`,
  countDone: `SELECT count(*) FROM pgboss.job WHERE name = 'publish' AND state = 'completed'`,
};

export const TRANSACTIONAL_OUTBOX: JobTables = {
  tables: 'outbox.message',
  insert: (payload) =>
    `INSERT INTO outbox.message (id, aggregate_type, aggregate_id, message_type, concurrency, payload)
     SELECT gen_random_uuid(), 'comm', i::text, 'publish', 'parallel', ${payload}
     FROM generate_series(1, $1::int) AS i`,
  countOpen: 'SELECT count(*) FROM outbox.message WHERE processed_at IS NULL',
  countDone: 'SELECT count(*) FROM outbox.message WHERE processed_at IS NOT NULL',
};
