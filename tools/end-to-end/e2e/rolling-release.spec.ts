import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type QueueMessage, readQueue, testClassic } from '@comms/test-servers';
import {
  brokerProperties,
  builtRelease,
  countOf,
  type Daemon,
  emptyDatabase,
  insertRows,
  migrate,
  queueName,
  sampleRows,
  Stage,
} from '@comms/daemon-stage';

jest.setTimeout(180_000);

const APP = 'push-to-handset';
const TABLE = 'comms_request_target_distribution';
/** More than the daemons take before the next thing happens to them. */
const BACKLOG = 2_000;

const classic = await testClassic();
const release = await builtRelease('0.1.0');

describe('daemons of 0.1.0 that are replaced by these and back, while a consumer reads both names', () => {
  const queue = queueName('rolling-release');
  let consumer: Consumer;
  let stage: Stage;
  let rows = 0;
  beforeAll(async () => {
    consumer = new Consumer();
    const database = await emptyDatabase();
    await migrate(database.url, release);
    const rolesFile = join(release, 'libs/distribution-store/sql/roles.sql');
    stage = await Stage.open(
      {
        ...brokerProperties(classic),
        'comms.handset.monitor.extract.to.queue': queue,
        'comms.handset.monitor.extract.batch-size': 5,
      },
      Promise.resolve({ ...database, rolesFile }),
    );
    await stage.urlOf(APP);
    await migrate(database.url);
  });
  afterAll(() => stage.close());

  const delivered = () => countOf(stage.database.client, 'S');
  /** Until all is delivered, and the consumer has `count` messages more. */
  const untilConsumed = async (count: number) => {
    await stage.eventually(
      'all is delivered',
      () => countOf(stage.database.client, 'D'),
      (left) => left === 0,
    );
    const messages = await readQueue(classic, queue, { count, timeoutMs: 60_000 });
    for (const message of messages) consumer.take(message);
  };

  it('lose no row, and double none', async () => {
    const [first, second] = await Promise.all([startOld(), startOld()]);
    await Promise.all([first.untilUp(), second.untilUp()]);
    const third = await replace(first, () => stage.start(APP));
    await replace(third, startOld);
    await untilBusy();
    second.signal('SIGKILL');
    await second.ended;
    await (await stage.start(APP)).untilUp();
    await untilBusy();
    await untilConsumed(rows);

    expect(await delivered()).toBe(rows);
    expect(consumer.handled.size).toBe(rows);
    expect([...consumer.handled.values()].filter((times) => times !== 1)).toEqual([]);
    expect(Math.min(consumer.old, consumer.present)).toBeGreaterThan(0);
  });

  it('bring a requeued row once more, whichever release sent it first', async () => {
    const sentTwice = new Set([...consumer.lastOfEach(50)]);
    await stage.database.client.query(
      `UPDATE ${TABLE} SET distribution_status = 'D', retry_count = 0, retry_date_time = NULL
       WHERE distribution_status = 'S' AND comms_request_target_distribution_id = ANY ($1)`,
      [[...sentTwice]],
    );
    await untilConsumed(sentTwice.size);
    const twice = [...consumer.handled].flatMap(([id, times]) => (times === 2 ? [id] : []));
    expect(new Set(twice)).toEqual(sentTwice);
    expect(consumer.handled.size).toBe(rows);
  });

  const startOld = () => stage.startRelease(release, APP);
  /** Until the daemons are in the middle of a backlog. */
  const untilBusy = async () => {
    const before = await delivered();
    rows += (await insertRows(stage.database.client, TABLE, sampleRows(BACKLOG, 'PUSH'))).length;
    await stage.eventually('the backlog is begun', delivered, (now) => now > before);
  };
  /** As an orchestrator does: the next one is up before the last one is asked to end. */
  const replace = async (last: Daemon, start: () => Promise<Daemon>) => {
    const next = await start();
    await next.untilUp();
    await untilBusy();
    expect(await last.stop()).toBe(0);
    return next;
  };
});

/**
 * Reads the names of both releases. It drops duplicates by id and sending; a message of 0.1.0 has no sending, so where
 * one of two messages has no sending, the duplicate flag decides, as for 0.1.0.
 */
class Consumer {
  readonly handled = new Map<string, number>();
  private readonly sendings = new Map<string, Set<string | undefined>>();
  old = 0;
  present = 0;

  take({ properties }: QueueMessage): void {
    const id = properties['commsDistributionId'] ?? properties['comms-distribution-id'] ?? '';
    const mark = properties['commsPossibleDuplicate'] ?? properties['comms-possible-duplicate'];
    const sending = properties['commsSending'];
    if (sending === undefined) this.old += 1;
    else this.present += 1;
    const known = this.sendings.get(id) ?? new Set();
    const comparable = sending !== undefined && !known.has(undefined);
    const isRepeat = comparable ? known.has(sending) : mark === 'true' && known.size > 0;
    this.sendings.set(id, known.add(sending));
    if (!isRepeat) this.handled.set(id, (this.handled.get(id) ?? 0) + 1);
  }

  /** Ids of the last messages of each release. */
  lastOfEach(count: number): string[] {
    const of = (isOld: boolean) =>
      [...this.sendings].filter(([, sendings]) => sendings.has(undefined) === isOld).slice(-count);
    return [...of(true), ...of(false)].map(([id]) => id);
  }
}
