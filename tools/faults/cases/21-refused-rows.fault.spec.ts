import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { countOf, distributionRows, insertRows, sampleRows, Stage } from '@comms/daemon-stage';
import { eventually } from '@comms/kit';
import { type FrameScript, StompBroker } from '@comms/stomp-broker';
import { checkTotalQueue, totalQueue } from '../src/total-queue.js';
import { untilRecovered, untilTrouble } from '../src/expect-health.js';
import { SOON } from '../src/fault-stage.js';
import { LONG } from '../src/case.js';
import { ratesOf } from '../src/database.js';
import { messagesOf } from '../src/scripted-messages.js';

jest.setTimeout(240_000);

const REFUSED = LONG ? 100_000 : 1_000;
const GOOD = LONG ? 4_000 : 1_000;
const LIMIT_MS = LONG ? 120_000 : 20_000;
const BATCH = 200;
const QUEUE = 'refused-rows';
const TABLE = 'comms_request_target_distribution';

let onFrame: FrameScript;
let broker: StompBroker;
let stage: Stage;
beforeEach(async () => {
  broker = await StompBroker.start({ onFrame: (frame, client) => onFrame(frame, client) });
  stage = await Stage.open({
    ...SOON,
    'comms.log.level': 'warn',
    'comms.broker.url': `stomp://127.0.0.1:${broker.port}`,
    'comms.handset.monitor.extract.to.queue': QUEUE,
    'comms.handset.monitor.extract.retry.initial-delay': '1h',
    'comms.handset.monitor.extract.batch-size': BATCH,
  });
  stage.database.client.on('error', () => undefined);
});
afterEach(async () => {
  await stage.close();
  await broker.stop();
});

describe(`retry: ${REFUSED} rows at the head of the queue, each of which the broker refuses`, () => {
  it('are set aside, and do not hold up the good rows behind them', async () => {
    onFrame = ({ headers }) => (headers['commsCode'] === 'BAD' ? { refuse: 'no such thing' } : 'handle');
    await insertGood('BEFORE');
    await stage.start('push-to-handset');
    await untilDrained();
    await stage.database.client.query(
      `INSERT INTO ${TABLE} (comms_request_id, comms_code, delivery_method, target, message, priority, distribution_status)
       SELECT n, 'BAD', 'PUSH', 'handset', 'text', 1, 'D' FROM generate_series(1, ${REFUSED}) AS n`,
    );
    await insertGood('BEHIND');
    const startedAt = performance.now();
    await untilDrained();
    expect(performance.now() - startedAt).toBeLessThan(LIMIT_MS);
    await insertGood('AFTER');
    await untilDrained();

    const rates = await ratesOf(stage.database.client);
    process.stderr.write(`rows per second: ${JSON.stringify(rates)}\n`);
    // The slower of two, since other suites may take their share of the machine meanwhile.
    const usual = Math.min(rates['BEFORE'] ?? 0, rates['AFTER'] ?? 0);
    if (LONG) expect(rates['BEHIND']).toBeGreaterThan(usual / 2);

    const rows = await distributionRows(stage.database.client);
    const refused = rows.filter(({ comms_code: code }) => code === 'BAD');
    expect(refused).toHaveLength(REFUSED);
    expect(new Set(refused.map((row) => `${row.distribution_status} ${row.error_code ?? ''}`))).toEqual(
      new Set(['R BROKER_REFUSED_MESSAGE']),
    );
    const good = rows.filter(({ comms_code: code }) => code !== 'BAD');
    checkTotalQueue(totalQueue(good, await messagesOf(broker, QUEUE)), { duplicates: BATCH });
  });
});

describe('retry: a broker that refuses whatever is put', () => {
  it('uses up no try, is reported, and gets all once it takes messages again', async () => {
    let refuses = true;
    onFrame = ({ command }) =>
      refuses && (command === 'SEND' || command === 'COMMIT') ? { refuse: 'no such thing' } : 'handle';
    await insertGood('FINE');
    const daemon = await stage.start('push-to-handset');
    await untilTrouble(daemon, 'broker', { status: 'blocked', codes: ['BROKER_REFUSES_ALL'] });
    await eventually(
      'it has tried five times',
      async () => (await daemon.metrics()).get('comms_broker_events_total{event="transaction-failed"}') ?? 0,
      (tries) => tries >= 5,
    );
    const rows = await distributionRows(stage.database.client);
    expect(
      new Set(rows.map((row) => `${row.distribution_status} ${row.retry_count} ${row.error_code ?? '-'}`)),
    ).toEqual(new Set(['D 0 -']));

    refuses = false;
    await untilDrained();
    await untilRecovered(daemon);
    checkTotalQueue(
      totalQueue(await distributionRows(stage.database.client), await messagesOf(broker, QUEUE)),
      { marked: GOOD },
    );
  });
});

async function insertGood(code: string): Promise<void> {
  await insertRows(stage.database.client, TABLE, sampleRows(GOOD, 'PUSH', { priority: 3, comms_code: code }));
}

async function untilDrained(): Promise<void> {
  const waiting = () => countOf(stage.database.client, 'D');
  await eventually('no row waits', waiting, (count) => count === 0);
}
