import type { PoolClient, QueryResult, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import { StoreError } from '../store-error.js';
import { createDataSource } from './create-data-source.js';
import { Listening } from './listening.js';
import { Pooler } from './pooler.js';
import { awaitInSecondSession, secondSessionLimits } from './second-session.js';
import { takeConnection, unlessStarved } from './take-connection.js';
import { type TlsFileListener, TlsFiles } from './tls-files.js';
import { type GiveBack, lastOf, Transaction, transactionSettings } from './transaction.js';

/** A transaction that is open, with the results of its first statements. */
export interface OpenTransaction<Row extends QueryResultRow> {
  readonly transaction: Transaction;
  /** One result for each of the first statements. */
  readonly results: readonly QueryResult<Row>[];
}

/**
 * The database as the stores use it: it connects on first use, again after every failure, and never ends the process by
 * itself. Everything that it throws is a {@link StoreError}.
 */
export class Database {
  private readonly settings: readonly string[];
  private readonly tlsFiles: TlsFiles;
  private connecting: Promise<DataSource> | undefined;
  private readonly open = new Set<Pick<Transaction, 'end'>>();
  private closed = false;
  private readonly pooler = new Pooler();

  constructor(
    readonly config: DatasourceConfig,
    private readonly applicationName: string,
    onTlsFile?: TlsFileListener,
  ) {
    this.tlsFiles = new TlsFiles(onTlsFile);
    this.settings = transactionSettings(config);
  }

  /**
   * Opens the transaction of a claim and runs its first statements, in one round trip. The caller must end it. It may wait
   * for its turn where a pooler has too few sessions. A claim that finds no row needs no second session.
   */
  async begin<Row extends QueryResultRow>(sql: string): Promise<OpenTransaction<Row>> {
    const transaction = await this.newTransaction(await this.pooler.turnOfClaim());
    const setUp = [`BEGIN ${READ_COMMITTED}`, ...this.settings];
    const all = await transaction.queries<Row>([...setUp, sql].join('; '));
    const results = all.slice(setUp.length);
    if (results.every(({ rows }) => rows.length === 0)) this.pooler.foundEnough();
    return { transaction, results };
  }

  /** Runs one statement in its own transaction, in one round trip. Its locks are released when it succeeds or fails. */
  async run<Row extends QueryResultRow>(sql: string): Promise<QueryResult<Row>> {
    const transaction = await this.newTransaction();
    const answer = await transaction.attempt<Row>(this.asOne(sql));
    // PostgreSQL reports an error before it rolls back, and answers the next query after it.
    if (answer instanceof StoreError) await transaction.query('SELECT');
    transaction.end();
    if (answer instanceof StoreError) throw answer;
    return lastOf(answer);
  }

  /**
   * As `run`, in a second session while `first` keeps its own. Where a pooler has no second session, `first` is rolled
   * back, so that other claims go on, and this throws `STORE_POOLER_EXHAUSTED`.
   */
  async runInSecondSession<Row extends QueryResultRow>(
    first: Transaction,
    sql: string,
  ): Promise<QueryResult<Row>> {
    const { pooler } = this;
    const second = await this.newTransaction();
    const limits = secondSessionLimits(this.config);
    const answer = second.query<Row>(this.asOne(sql));
    let fault: Error | undefined;
    try {
      return await awaitInSecondSession({ first, second }, answer, { pooler, limits });
    } catch (error) {
      fault = error as Error;
      throw error;
    } finally {
      second.end(fault);
    }
  }

  /** Why a pooler before the database lets no batch through; undefined while it does, or without a pooler. */
  get poolerExhausted(): StoreError | undefined {
    return this.pooler.exhausted;
  }

  /** Calls `heard` for each notification on a channel from now on, over a connection that is held for it. */
  async listen(channel: string, heard: () => void): Promise<Listening> {
    const listening = await this.held((client, giveBack) => new Listening(client, giveBack));
    await listening.to(channel, heard);
    return listening;
  }

  /** The connected data source. */
  dataSource(): Promise<DataSource> {
    if (this.closed) return Promise.reject(new StoreError('STORE_CLOSED'));
    this.connecting ??= this.connect();
    return this.connecting;
  }

  /** Ends all connections; open transactions are rolled back by the database. */
  async stop(): Promise<void> {
    this.closed = true;
    const dataSource = await this.connecting?.catch(() => undefined);
    for (const use of this.open) use.end(new StoreError('STORE_CLOSED'));
    if (dataSource?.isInitialized) await dataSource.destroy();
  }

  private async connect(): Promise<DataSource> {
    const { config, applicationName, tlsFiles } = this;
    const answerTimeout = config.statementTimeout + ANSWER_MARGIN;
    try {
      return await unlessStarved(config.connectTimeout, () =>
        createDataSource(config, { applicationName, answerTimeout, tlsFiles }).initialize(),
      );
    } catch (error) {
      this.connecting = undefined;
      throw error;
    }
  }

  /** The settings and the statement as one text, which PostgreSQL commits as a whole. */
  private asOne(sql: string): string {
    return [`SET TRANSACTION ${READ_COMMITTED}`, ...this.settings, sql].join('; ');
  }

  /** @param ended called once, when the transaction has ended or no connection could be had */
  private async newTransaction(ended?: () => void): Promise<Transaction> {
    try {
      return await this.held((client, giveBack) => {
        return new Transaction(client, (error) => {
          giveBack(error);
          ended?.();
        });
      });
    } catch (error) {
      ended?.();
      throw error;
    }
  }

  /** A connection of the pool, wrapped by `useOf`. `stop` ends all that are still in use. */
  private async held<Use extends Pick<Transaction, 'end'>>(
    useOf: (client: PoolClient, giveBack: GiveBack) => Use,
  ): Promise<Use> {
    const { driver } = await this.dataSource();
    const [client, release] = await takeConnection(driver, this.config.connectTimeout);
    const use = useOf(client, (error) => {
      this.open.delete(use);
      release(error);
    });
    this.open.add(use);
    return use;
  }
}

/** The server ends a statement at its limit; a client that gets no answer a while later has lost its server. */
const ANSWER_MARGIN = 5000;

const READ_COMMITTED = 'ISOLATION LEVEL READ COMMITTED';
