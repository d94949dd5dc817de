import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readQueue, testClassic } from '@comms/test-servers';
import {
  brokerProperties,
  countOf,
  deliveredTrace,
  distributionRows,
  expectedMessage,
  inOrder,
  insertRows,
  queueName,
  readMessage,
  sampleRows,
  Stage,
  tracesOf,
} from '@comms/daemon-stage';

jest.setTimeout(180_000);

const COUNT = 5000;
const DELIVERED = 'comms_distributions_total{outcome="delivered"}';

const classic = await testClassic();

describe('replicas of push-to-handset', () => {
  let stage: Stage;
  const queue = queueName('replicas');
  beforeEach(async () => {
    stage = await Stage.open({
      ...brokerProperties(classic),
      'comms.handset.monitor.extract.to.queue': queue,
      'comms.handset.monitor.extract.batch-size': 50,
    });
  });
  afterEach(() => stage.close());

  it.each([2, 3])('share rows, %i at once, and put each of them once', async (replicas) => {
    const { client } = stage.database;
    const daemons = await Promise.all(Array.from({ length: replicas }, () => stage.start('push-to-handset')));
    await Promise.all(daemons.map((daemon) => daemon.untilUp()));
    await insertRows(client, 'comms_request_target_distribution', sampleRows(COUNT, 'PUSH'));
    await stage.eventually(
      'all rows are delivered',
      () => countOf(client, 'S'),
      (count) => count === COUNT,
    );

    const rows = await distributionRows(client);
    const messages = await readQueue(classic, queue, { count: COUNT });
    const read = await Promise.all(messages.map((message) => readMessage(message)));
    expect(inOrder(read)).toEqual(rows.map((row) => expectedMessage(row)));
    expect(tracesOf(rows)).toEqual([deliveredTrace('S', 'push-to-handset')]);
    const shares = await Promise.all(
      daemons.map(async (daemon) => (await daemon.metrics()).get(DELIVERED) ?? 0),
    );
    expect(Math.min(...shares)).toBeGreaterThan(0);
    expect(shares.reduce((sum, share) => sum + share)).toBe(COUNT);
  });
});
