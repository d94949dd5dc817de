import type { OnApplicationShutdown } from '@nestjs/common';
import type { PoolClient, QueryResult, QueryResultRow } from 'pg';
import type { DataSource, Driver } from 'typeorm';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import { StoreError } from '../store-error.js';
import { createDataSource } from './create-data-source.js';
import { Listening } from './listening.js';
import { toStoreError } from './to-store-error.js';
import { type GiveBack, Transaction } from './transaction.js';
import { transactionSettings } from './transaction-settings.js';

/** A transaction that is open, with the results of its first statements. */
export interface OpenTransaction<Row extends QueryResultRow> {
  readonly transaction: Transaction;
  /** Of the last one. */
  readonly result: QueryResult<Row>;
  /** Of each, those that set up the transaction included. */
  readonly results: readonly QueryResult<Row>[];
}

/**
 * The database as the stores use it: it connects on first use, anew after every failure, and never ends the process by
 * itself. Everything that it throws is a {@link StoreError}.
 */
export class Database implements OnApplicationShutdown {
  private readonly settings: string;
  private connecting: Promise<DataSource> | undefined;
  private readonly open = new Set<Pick<Transaction, 'end'>>();
  private closed = false;

  constructor(
    private readonly config: DatasourceConfig,
    private readonly applicationName: string,
  ) {
    this.settings = transactionSettings(config);
  }

  /** Opens a transaction and runs its first statements, in one round trip. The caller must end it. */
  async begin<Row extends QueryResultRow>(sql: string): Promise<OpenTransaction<Row>> {
    const transaction = await this.connection();
    const results = await transaction.queries<Row>(`BEGIN ${READ_COMMITTED}; ${this.settings}; ${sql}`);
    const result = results.at(-1);
    if (result === undefined) throw new Error('no result');
    return { transaction, result, results };
  }

  /** Runs one statement as a transaction of its own, in one round trip: PostgreSQL commits one text as a whole. */
  async run<Row extends QueryResultRow>(sql: string): Promise<QueryResult<Row>> {
    const transaction = await this.connection();
    const result = await transaction.query<Row>(
      `SET TRANSACTION ${READ_COMMITTED}; ${this.settings}; ${sql}`,
    );
    transaction.end();
    return result;
  }

  /** Hears what is sent to a channel from now on, over a connection that is held for it. */
  async listen(channel: string, heard: () => void): Promise<Listening> {
    const listening = await this.held((client, giveBack) => new Listening(client, giveBack));
    await listening.to(channel, heard);
    return listening;
  }

  /** The connected data source. */
  dataSource(): Promise<DataSource> {
    if (this.closed) return Promise.reject(new StoreError('STORE_CLOSED', 'The store is closed.'));
    this.connecting ??= this.connect();
    return this.connecting;
  }

  /** Ends all connections; open transactions are rolled back by the database. */
  async close(): Promise<void> {
    this.closed = true;
    const dataSource = await this.connecting?.catch(() => undefined);
    for (const use of this.open) use.end(new StoreError('STORE_CLOSED', 'The store is closed.'));
    if (dataSource?.isInitialized) await dataSource.destroy();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private async connect(): Promise<DataSource> {
    try {
      const { config, applicationName } = this;
      const answerTimeout = config.statementTimeout + ANSWER_MARGIN;
      return await createDataSource(config, { applicationName, answerTimeout }).initialize();
    } catch (error) {
      this.connecting = undefined;
      throw toStoreError(error, 'STORE_UNREACHABLE');
    }
  }

  private connection(): Promise<Transaction> {
    return this.held((client, giveBack) => new Transaction(client, giveBack));
  }

  /** A connection of the pool in a use that `close` ends. */
  private async held<Use extends Pick<Transaction, 'end'>>(
    useOf: (client: PoolClient, giveBack: GiveBack) => Use,
  ): Promise<Use> {
    const { driver } = await this.dataSource();
    const [client, release] = await takeFrom(driver);
    const use = useOf(client, (error) => {
      this.open.delete(use);
      release(error);
    });
    this.open.add(use);
    return use;
  }
}

/** The server ends a statement at its limit; a client that hears nothing a while later talks to nobody. */
const ANSWER_MARGIN = 5000;

const READ_COMMITTED = 'ISOLATION LEVEL READ COMMITTED';

async function takeFrom(driver: Driver): Promise<[PoolClient, GiveBack]> {
  try {
    return (await driver.obtainMasterConnection()) as [PoolClient, GiveBack];
  } catch (error) {
    throw toStoreError(error, 'STORE_UNREACHABLE');
  }
}
