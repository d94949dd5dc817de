import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { countOf, distributionRows, eventually, insertRows, sampleRows, Stage } from '@comms/end-to-end';
import { StompBroker } from '@comms/stomp-broker';
import { checkTotalQueue } from '../src/check-total-queue.js';
import { SOON } from '../src/fault-stage.js';
import { messagesOf } from '../src/scripted-messages.js';
import { totalQueue } from '../src/total-queue.js';

jest.setTimeout(120_000);

const REFUSED = 1_000;
const GOOD = 1_000;
const LIMIT_MS = 20_000;
const QUEUE = 'refused-rows';
const TABLE = 'comms_request_target_distribution';

describe('retry: 1,000 rows at the head of the queue, each of which the broker refuses', () => {
  let broker: StompBroker;
  let stage: Stage;
  beforeEach(async () => {
    broker = await StompBroker.start({
      onFrame: ({ headers }) => (headers['comms-code'] === 'BAD' ? { refuse: 'no such thing' } : 'handle'),
    });
    stage = await Stage.open({
      ...SOON,
      'comms.log.level': 'info',
      'comms.broker.url': `stomp://127.0.0.1:${broker.port}`,
      'comms.handset.monitor.extract.to.queue': QUEUE,
      'comms.handset.monitor.extract.retry.initial-delay': '1h',
    });
  });
  afterEach(async () => {
    await stage.close();
    await broker.stop();
  });

  it('do not hold up the good rows behind them', async () => {
    const { client } = stage.database;
    client.on('error', () => undefined);
    await insertRows(client, TABLE, sampleRows(REFUSED, 'PUSH', { priority: 1, comms_code: 'BAD' }));
    await insertRows(client, TABLE, sampleRows(GOOD, 'PUSH', { priority: 3, comms_code: 'FINE' }));
    const startedAt = Date.now();
    await stage.start('push-to-handset');
    await eventually(
      'the good rows are delivered',
      () => countOf(client, 'S'),
      (count) => count === GOOD,
    );
    expect(Date.now() - startedAt).toBeLessThan(LIMIT_MS);

    const rows = await distributionRows(client);
    const refused = rows.filter(({ comms_code: code }) => code === 'BAD');
    expect(refused.filter(({ distribution_status: status }) => status === 'R')).toHaveLength(REFUSED);
    const good = rows.filter(({ comms_code: code }) => code === 'FINE');
    checkTotalQueue(totalQueue(good, await messagesOf(broker, QUEUE)), { duplicates: GOOD });
  });
});
