import { expect } from '@jest/globals';
import {
  type App,
  brokerProperties,
  type Columns,
  countOf,
  type Daemon,
  type DistributionRow,
  distributionRows,
  insertRows,
  type MessageContent,
  type Properties,
  queueName,
  readMessage,
  sampleRows,
  Stage,
  type SuiteDatabase,
  type User,
} from '@comms/daemon-stage';
import { eventually } from '@comms/kit';
import { readQueue, type TestBroker } from '@comms/test-servers';
import { FaultProxy } from './proxy/fault-proxy.js';
import { type TotalQueue, totalQueue } from './total-queue.js';

/** Short limits, so that a case takes seconds. */
export const SOON: Properties = {
  'comms.back-off.initial': '200ms',
  'comms.back-off.max': '1s',
  'comms.broker.connect-timeout': '1s',
  'comms.broker.receipt-timeout': '2s',
  'comms.datasource.connect-timeout': '1s',
  'comms.datasource.idle-in-transaction-timeout': '20s',
  'comms.shutdown.drain-limit': '5s',
};

/** A database, a queue of a real broker, and a proxy before each; push-to-handset is the daemon under test. */
export class FaultStage {
  readonly queue = queueName('faults');
  readonly toBroker: FaultProxy;
  readonly toDatabase: FaultProxy;

  private constructor(
    readonly stage: Stage,
    readonly broker: TestBroker,
    { toBroker, toDatabase }: Pick<FaultStage, 'toBroker' | 'toDatabase'>,
  ) {
    this.toBroker = toBroker;
    this.toDatabase = toDatabase;
  }

  static async open(
    broker: TestBroker,
    properties: Properties = {},
    database?: Promise<SuiteDatabase>,
  ): Promise<FaultStage> {
    const stage = await Stage.open({ ...SOON, ...properties }, database);
    // Idle sessions end with their server.
    stage.database.client.on('error', () => undefined);
    const toBroker = await FaultProxy.start(broker.stompUrl, 'stomp');
    const toDatabase = await FaultProxy.start(stage.database.url, 'postgres');
    return new FaultStage(stage, broker, { toBroker, toDatabase });
  }

  /** Starts a daemon that reaches its servers through the proxies. */
  async start(properties: Properties = {}, app: App = 'push-to-handset', user?: User): Promise<Daemon> {
    const url = new URL(await this.stage.urlOf(app));
    url.port = String(this.toDatabase.port);
    const all = {
      'comms.datasource.url': url.href,
      ...brokerProperties(this.broker, `stomp://127.0.0.1:${this.toBroker.port}`),
      'comms.handset.monitor.extract.to.queue': this.queue,
      ...properties,
    };
    return user === undefined ? this.stage.start(app, all) : this.stage.startAs(user, app, all);
  }

  /** Starts one, and waits until it is ready for work. */
  async startUp(properties: Properties = {}): Promise<Daemon> {
    const daemon = await this.start(properties);
    await daemon.untilUp();
    return daemon;
  }

  insert(count: number, more: Columns = {}): Promise<string[]> {
    const table = 'comms_request_target_distribution';
    return insertRows(this.stage.database.client, table, sampleRows(count, 'PUSH', more));
  }

  /** Deletes all rows for the next case, in the order in which daemons lock. The queue must be empty. */
  async clear(): Promise<void> {
    await this.stage.database.client.query(
      'DELETE FROM comms_request_target_distribution; DELETE FROM comms_put_announcement; DELETE FROM comms_set_aside',
    );
  }

  /** Checks that no row shows any trace of what happened to it. */
  async expectUntouched(): Promise<void> {
    const rows = await distributionRows(this.stage.database.client);
    expect(
      new Set(
        rows.map(({ distribution_status: s, retry_count: n, error_code: e }) => `${s} ${n} ${e ?? '-'}`),
      ),
    ).toEqual(new Set(['D 0 -']));
  }

  /** How many sessions of daemons have a transaction open. */
  async openTransactions(): Promise<number> {
    const { rows } = await this.stage.database.client.query<{ count: string }>(
      `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
         AND (state LIKE 'idle in transaction%' OR xact_start IS NOT NULL)`,
    );
    return Number(rows[0]?.count);
  }

  /** Waits until no row awaits distribution, except those that are set aside. */
  async untilDrained(): Promise<void> {
    const waiting = async () =>
      (await countOf(this.stage.database.client, 'D')) - (await this.setAside()).length;
    await eventually('no row waits', waiting, (count) => count === 0);
  }

  /** The rows that are set aside, in the order of their ids. */
  async setAside(): Promise<readonly SetAside[]> {
    const { rows } = await this.stage.database.client.query<SetAside>(
      `SELECT comms_request_target_distribution_id AS id, message_put AS put, error_code AS code
       FROM comms_set_aside ORDER BY 1`,
    );
    return rows;
  }

  /** Waits until all is delivered, takes all messages from the queue, and compares them with the rows. */
  async judge(): Promise<TotalQueue> {
    await this.untilDrained();
    const rows = await distributionRows(this.stage.database.client);
    const put = (await this.setAside()).filter((row) => row.put).map(({ id }) => id);
    const count = rows.filter(isPut).length + put.length;
    const messages = await this.take(count);
    return totalQueue(rows, messages, new Set(put));
  }

  /** Takes all messages from the queue, at least `count`. */
  async take(count: number): Promise<readonly MessageContent[]> {
    const messages = await readQueue(this.broker, this.queue, { count, timeoutMs: 60_000 });
    return (await Promise.all(messages.map((message) => readMessage(message)))).map(({ content }) => content);
  }

  async close(): Promise<void> {
    try {
      await this.stage.close();
    } finally {
      await Promise.all([this.toBroker.stop(), this.toDatabase.stop()]);
    }
  }
}

/** A row of comms_set_aside. */
export interface SetAside {
  readonly id: string;
  readonly put: boolean;
  readonly code: string;
}

function isPut({ distribution_status: status, error_code: code }: DistributionRow): boolean {
  return status === 'S' || code === 'MESSAGE_PUT_NOT_RECORDED';
}
