import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { StompBroker } from '@comms/stomp-broker';
import { readQueue, testArtemis, testClassic } from '@comms/test-servers';
import {
  brokerProperties,
  type Columns,
  countOf,
  deliveredTrace,
  type DistributionRow,
  distributionRow,
  distributionRows,
  expectedMessage,
  inOrder,
  insertRows,
  longText,
  queueName,
  readMessage,
  sampleRows,
  Stage,
  traceOf,
  tracesOf,
} from '@comms/daemon-stage';

jest.setTimeout(180_000);

const TABLE = 'comms_request_target_distribution';
const HOUR_MS = 3_600_000;

const classic = await testClassic();
const artemis = await testArtemis();
const brokers = [classic, artemis].filter((broker) => broker !== null);

describe.each(brokers)('a row that cannot be sent, on $kind', (broker) => {
  let stage: Stage;
  const queue = queueName('failing');
  beforeEach(async () => {
    stage = await Stage.open({
      ...brokerProperties(broker),
      'comms.handset.monitor.extract.to.queue': queue,
      'comms.handset.monitor.extract.max-message-bytes': 32 * 1024 * 1024,
    });
  });
  afterEach(() => stage.close());

  it('fails for good without a message, and holds up none of the others, not even at 10 MB', async () => {
    const { client } = stage.database;
    const [long, ...others] = sampleRows(30, 'PUSH');
    const [missing] = await insertRows(client, TABLE, [{ ...others[0], message: null }]);
    const [empty] = await insertRows(client, TABLE, [{ ...others[1], message: '' }]);
    const good = await insertRows(client, TABLE, [{ ...long, message: longText(10_000_000) }, ...others]);
    const daemon = await stage.start('push-to-handset');
    await stage.eventually(
      'all are judged',
      () => countOf(client, 'D'),
      (count) => count === 0,
    );

    const rows = await distributionRows(client);
    const failed = rows.filter(
      ({ comms_request_target_distribution_id: id }) => id === missing || id === empty,
    );
    const sent = rows.filter(({ comms_request_target_distribution_id: id }) => good.includes(id));
    expect(tracesOf(failed)).toEqual([
      {
        ...deliveredTrace('S', 'push-to-handset'),
        status: 'E',
        dated: [],
        retryCount: 1,
        errorCode: 'MESSAGE_MISSING',
        errorText: 'The row has no message to send.',
      },
    ]);
    expect(tracesOf(sent)).toEqual([deliveredTrace('S', 'push-to-handset')]);
    const messages = await readQueue(broker, queue, { count: good.length });
    expect(inOrder(await Promise.all(messages.map((message) => readMessage(message))))).toEqual(
      sent.map((row) => expectedMessage(row)),
    );
    const counts = await daemon.metrics();
    expect(counts.get('comms_distributions_total{outcome="delivered"}')).toBe(good.length);
    expect(counts.get('comms_distributions_total{outcome="failed"}')).toBe(2);
  });
});

const { wsUrl } = classic;

(wsUrl === null ? describe.skip : describe)('a row that ActiveMQ Classic refuses over WebSocket', () => {
  it('is found at fault, and holds up none of the others', async () => {
    const queue = queueName('too-large');
    const stage = await Stage.open({
      ...brokerProperties(classic, wsUrl ?? ''),
      'comms.handset.monitor.extract.to.queue': queue,
      'comms.handset.monitor.extract.max-message-bytes': 32 * 1024 * 1024,
    });
    try {
      const { client } = stage.database;
      const [large, ...others] = sampleRows(30, 'PUSH');
      const [id = ''] = await insertRows(client, TABLE, [{ ...large, message: longText(66_000) }]);
      const good = await insertRows(client, TABLE, others);
      await stage.start('push-to-handset');
      await stage.eventually(
        'all are judged',
        () => countOf(client, 'D'),
        (count) => count === 0,
      );

      const rows = await Promise.all(good.map((each) => distributionRow(client, each)));
      expect(await distributionRow(client, id)).toMatchObject({
        distribution_status: expect.stringMatching(/^[RE]$/),
        error_code: 'BROKER_MESSAGE_TOO_LARGE',
      });
      expect(tracesOf(rows)).toEqual([deliveredTrace('S', 'push-to-handset')]);
      const messages = await readQueue(classic, queue, { count: good.length });
      expect(new Set(messages.map(({ properties }) => properties['commsDistributionId']))).toEqual(
        new Set(good),
      );
    } finally {
      await stage.close();
    }
  });
});

describe('a row that the broker refuses', () => {
  let stage: Stage;
  let broker: StompBroker;
  const queue = 'refusing';
  beforeEach(async () => {
    broker = await StompBroker.start({
      onFrame: ({ headers }) => {
        const refuse = REFUSALS[headers['commsCode'] ?? ''];
        return refuse === undefined ? 'handle' : { refuse };
      },
    });
    stage = await Stage.open({
      'comms.broker.url': `stomp://127.0.0.1:${broker.port}`,
      'comms.handset.monitor.extract.to.queue': queue,
      'comms.handset.monitor.extract.retry.initial-delay': '1h',
      'comms.handset.monitor.extract.retry.max-delay': '24h',
      'comms.handset.monitor.extract.retry.max-tries': 3,
    });
  });
  afterEach(async () => {
    await stage.close();
    await broker.stop();
  });

  const insertAmongOthers = async (more: Columns) => {
    const { client } = stage.database;
    const [id] = await insertRows(client, TABLE, sampleRows(1, 'PUSH', { ...more, priority: 2 }));
    const others = await insertRows(client, TABLE, sampleRows(20, 'PUSH', { comms_code: 'FINE' }));
    return { id: id ?? '', others };
  };
  const untilRow = (id: string, isIt: (row: DistributionRow) => boolean) =>
    stage.eventually(`${id} is judged`, () => distributionRow(stage.database.client, id), isIt);

  it('waits twice as long before each further try, and fails for good after the last', async () => {
    const { id, others } = await insertAmongOthers({ comms_code: 'BAD' });
    await Promise.all([stage.start('comms-monitor'), stage.start('push-to-handset')]);

    const first = await untilRow(id, ({ retry_count: tries }) => tries === 1);
    expect(traceOf(first)).toEqual({ ...REFUSED, status: 'R', dated: ['retry_date_time'], retryCount: 1 });
    expectWaitOf(first, HOUR_MS);
    await expireWait(id);

    const second = await untilRow(id, ({ retry_count: tries }) => tries === 2);
    expect(traceOf(second)).toEqual({ ...REFUSED, status: 'R', dated: ['retry_date_time'], retryCount: 2 });
    expectWaitOf(second, 2 * HOUR_MS);
    await expireWait(id);

    const last = await untilRow(id, ({ retry_count: tries }) => tries === 3);
    const errorText = `${REFUSED.errorText} (no tries left)`;
    expect(traceOf(last)).toEqual({ ...REFUSED, status: 'E', dated: [], retryCount: 3, errorText });
    await expectDelivered(others);
  });

  it('fails for good at once where no further try can help', async () => {
    const { id, others } = await insertAmongOthers({ comms_code: 'LARGE' });
    await stage.start('push-to-handset');

    const row = await untilRow(id, ({ retry_count: tries }) => tries > 0);

    expect(row).toMatchObject({ distribution_status: 'E', error_code: 'BROKER_MESSAGE_TOO_LARGE' });
    await expectDelivered(others);
  });

  const expireWait = (id: string) =>
    stage.database.client.query(
      `UPDATE ${TABLE} SET retry_date_time = now() WHERE comms_request_target_distribution_id = $1`,
      [id],
    );

  /** A broker that goes on after an ERROR may have stored the others of the batch: then they come again, marked. */
  const expectDelivered = async (ids: readonly string[]) => {
    await stage.eventually(
      'nothing waits',
      () => countOf(stage.database.client, 'D'),
      (count) => count === 0,
    );
    const rows = await Promise.all(ids.map((id) => distributionRow(stage.database.client, id)));
    expect(tracesOf(rows)).toEqual([deliveredTrace('S', 'push-to-handset')]);
    const idOf = (message: { headers: Readonly<Record<string, string>> }) =>
      message.headers['commsDistributionId'] ?? '';
    const messages = broker.messages(queue);
    const repeats = messages.filter((message, i) =>
      messages.slice(0, i).some((earlier) => idOf(earlier) === idOf(message)),
    );
    expect(new Set(messages.map(idOf))).toEqual(new Set(ids));
    expect(repeats.filter(({ headers }) => headers['commsPossibleDuplicate'] !== 'true')).toEqual([]);
  };
});

/** What the broker says to messages of a comms code. */
const REFUSALS: Readonly<Record<string, string>> = {
  BAD: 'no such thing is taken here',
  LARGE: 'The maximum data length was exceeded',
};

const REFUSED = {
  ...deliveredTrace('S', 'push-to-handset'),
  errorCode: 'BROKER_REFUSED_MESSAGE',
  errorText: 'The broker refused the message.',
};

/** Half of the wait is left to chance. */
function expectWaitOf(
  { retry_date_time: at, audit_time_stamp: judgedAt }: DistributionRow,
  ms: number,
): void {
  const wait = Number(at) - Number(judgedAt);
  expect(wait).toBeGreaterThanOrEqual(ms / 2);
  expect(wait).toBeLessThanOrEqual(ms);
}
