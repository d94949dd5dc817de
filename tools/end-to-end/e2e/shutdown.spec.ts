import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readQueue, testClassic } from '@comms/test-servers';
import {
  type App,
  brokerProperties,
  countOf,
  type DeliveryMethod,
  insertRows,
  type Properties,
  queueName,
  sampleRows,
  Stage,
} from '@comms/daemon-stage';

jest.setTimeout(180_000);

const COUNT = 3000;
/** Another session holds this many rows until the daemon has ended. So even a fast daemon never comes to the end. */
const HELD = 1000;
const TABLE = 'comms_request_target_distribution';

const classic = await testClassic();

describe('a daemon that is asked to end in the middle of a backlog', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.open({
      ...brokerProperties(classic),
      'comms.handset.monitor.extract.batch-size': 20,
      'comms.sms.monitor.extract.batch-size': 20,
    });
  });
  afterEach(() => stage.close());

  const rowsAt = async (status: string): Promise<string[]> => {
    const { rows } = await stage.database.client.query<{ id: string }>(
      `SELECT ${TABLE}_id AS id FROM ${TABLE} WHERE distribution_status = $1`,
      [status],
    );
    return rows.map(({ id }) => id).sort();
  };

  /** Ends the daemon, and later another one of the kind; `delivered` returns what has arrived at their other end. */
  const expectNoHalfState = async (app: App, properties: Properties, delivered: () => Promise<string[]>) => {
    const { client } = stage.database;
    await insertRows(client, TABLE, sampleRows(COUNT, METHOD_OF[app] ?? 'ONLINE'));
    const holder = await client.connect();
    await holder.query('BEGIN');
    await holder.query(
      `SELECT FROM ${TABLE} ORDER BY priority DESC, ${TABLE}_id DESC LIMIT ${HELD} FOR UPDATE`,
    );
    const daemon = await stage.start(app, properties);
    await stage.eventually(
      'some rows are delivered',
      () => countOf(client, 'S'),
      (count) => count > 0,
    );

    expect(await daemon.stop()).toBe(0);
    await holder.query('ROLLBACK');
    holder.release();

    const sent = await rowsAt('S');
    const waiting = await rowsAt('D');
    expect(sent.length).toBeLessThan(COUNT);
    expect(sent.length + waiting.length).toBe(COUNT);
    expect((await delivered()).sort()).toEqual(sent);

    await stage.start(app, properties);
    await stage.eventually(
      'the rest is delivered',
      () => countOf(client, 'D'),
      (count) => count === 0,
    );
    expect((await delivered()).sort()).toEqual(await rowsAt('S'));
  };

  it('has put the messages of the sent rows on the queue, and no other; the next one puts the rest', async () => {
    const queue = queueName('shutdown');
    const read: string[] = [];

    await expectNoHalfState(
      'push-to-handset',
      { 'comms.handset.monitor.extract.to.queue': queue },
      async () => {
        const messages = await readQueue(classic, queue, { count: (await rowsAt('S')).length - read.length });
        read.push(...messages.map(({ properties }) => properties['commsDistributionId'] ?? ''));
        return read;
      },
    );
  });

  it('has written the files of the sent rows, and no other; the next one writes the rest', async () => {
    const directory = join(stage.folder, 'outbox');
    await mkdir(directory);
    const properties = {
      'comms.sms.monitor.extract.to.type': 'file',
      'comms.sms.monitor.extract.to.dirname': directory,
    };

    await expectNoHalfState('sms-to-handset', properties, async () =>
      (await readdir(directory)).map((name) => name.replace(/\.json$/, '')),
    );
  });
});

const METHOD_OF: Readonly<Partial<Record<App, DeliveryMethod>>> = {
  'push-to-handset': 'PUSH',
  'sms-to-handset': 'SMS',
};
