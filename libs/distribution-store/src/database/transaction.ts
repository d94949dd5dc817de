import type { PoolClient, QueryResult, QueryResultRow } from 'pg';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import { StoreError } from '../store-error.js';
import { toStoreError } from './to-store-error.js';

/** Gives a connection back to its pool, or with an error ends it. */
export type GiveBack = (error?: Error) => void;

/**
 * The use of one connection for one transaction. It ends with `commit` or `rollback`, and with the first statement that
 * fails; the connection then goes back to the pool, or is closed where it can no longer be trusted.
 */
export class Transaction {
  private ended = false;
  /** The error that ended the connection while no statement was running. */
  private lost: Error | undefined;

  constructor(
    private readonly client: PoolClient,
    private readonly giveBack: GiveBack,
  ) {
    client.on('error', this.onLost);
  }

  /** The server's process of this session, as the login named it. */
  get serverProcess(): number | null {
    return (this.client as PoolClient & { readonly processID: number | null }).processID;
  }

  /** The result of the last of the statements in `sql`; with `values` there must be just one. */
  async query<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<QueryResult<Row>> {
    return lastOf(await this.queries<Row>(sql, values));
  }

  /** The results of all statements in `sql`; with `values` there must be just one. */
  async queries<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<QueryResult<Row>[]> {
    const answer = await this.attempt<Row>(sql, values);
    if (!(answer instanceof StoreError)) return answer;
    this.end(answer);
    throw answer;
  }

  /**
   * As `queries`, for statements after a savepoint: an error that is the fault of rows is returned, and the caller must
   * roll back to the savepoint.
   */
  async attempt<Row extends QueryResultRow>(
    sql: string,
    values?: unknown[],
  ): Promise<QueryResult<Row>[] | StoreError> {
    if (this.ended) throw new StoreError('STORE_CLAIM_ENDED');
    try {
      return listOf(await this.client.query<Row>(sql, values));
    } catch (error) {
      const storeError = toStoreError(this.lost ?? error, 'STORE_CONNECTION_LOST');
      if (storeError.ofRows) return storeError;
      this.end(storeError);
      throw storeError;
    }
  }

  /** Runs `last`, where it is given, and commits, in one round trip. */
  async commit(last?: string): Promise<void> {
    const refusal = await this.attemptCommit(last);
    if (refusal === undefined) return;
    this.end(refusal);
    throw refusal;
  }

  /** As `commit`, after a savepoint: an error that is the fault of rows is returned, as by `attempt`. */
  async attemptCommit(last?: string): Promise<StoreError | undefined> {
    try {
      const answer = await this.attempt(last === undefined ? 'COMMIT' : `${last}; COMMIT`);
      if (answer instanceof StoreError) return answer;
    } catch (error) {
      throw isLoss(error) ? new StoreError('STORE_COMMIT_UNKNOWN', undefined, error.sqlState) : error;
    }
    this.end();
    return undefined;
  }

  /**
   * Never fails: where the connection is lost, the database rolls back by itself. With an error the connection is closed
   * afterwards. Nothing to do after the end.
   */
  async rollback(error?: Error): Promise<void> {
    try {
      if (!this.ended) await this.query('ROLLBACK');
    } catch {
      return;
    }
    this.end(error);
  }

  /** Gives the connection back, or with an error closes it whatever it is doing. Nothing to do after the end. */
  end(error?: Error): void {
    if (this.ended) return;
    this.ended = true;
    this.giveBack(error);
    this.client.off('error', this.onLost);
  }

  /** Without a listener, a connection that breaks would end the process. */
  private readonly onLost = (error: Error): void => {
    this.lost ??= error;
  };
}

function isLoss(error: unknown): error is StoreError {
  return error instanceof StoreError && error.code === 'STORE_CONNECTION_LOST';
}

/** The driver returns a list where one text held several statements, which its types do not say. */
function listOf<Row extends QueryResultRow>(
  answer: QueryResult<Row> | QueryResult<Row>[],
): QueryResult<Row>[] {
  return Array.isArray(answer) ? answer : [answer];
}

/** The result of the last statement. */
export function lastOf<Row extends QueryResultRow>(results: readonly QueryResult<Row>[]): QueryResult<Row> {
  const result = results.at(-1);
  if (result === undefined) throw new Error('no result');
  return result;
}

/** All in milliseconds. */
export type TransactionLimits = Pick<
  DatasourceConfig,
  'statementTimeout' | 'lockTimeout' | 'idleInTransactionTimeout'
>;

/**
 * The statements that set up a transaction, sent in one message with its first query. The settings are those of the
 * transaction and not of the session, so that they also hold behind a pooler that shares sessions.
 *
 * The planner may use only an ordered walk of an index: its estimates of a queue are always out of date,
 * and on a wrong one it reads and sorts the whole backlog for each batch.
 */
export function transactionSettings(limits: TransactionLimits): readonly string[] {
  return [
    `SET LOCAL statement_timeout = ${limits.statementTimeout}`,
    `SET LOCAL lock_timeout = ${limits.lockTimeout}`,
    `SET LOCAL idle_in_transaction_session_timeout = ${limits.idleInTransactionTimeout}`,
    'SET LOCAL enable_seqscan = off',
    'SET LOCAL enable_bitmapscan = off',
    'SET LOCAL enable_sort = off',
    'SET LOCAL jit = off',
  ];
}
