import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { distributionRows, readMessage } from '@comms/daemon-stage';
import { readQueue, testClassic } from '@comms/test-servers';
import { checkTotalQueue, totalQueue } from '../src/total-queue.js';
import { FaultStage } from '../src/fault-stage.js';
import { ratesOf } from '../src/database.js';

jest.setTimeout(240_000);

const POISON = 100_000;
const GOOD = 4_000;

const classic = await testClassic();

describe('retry: 100,000 undeliverable rows at the head of the queue', () => {
  let faults: FaultStage;
  beforeAll(async () => {
    faults = await FaultStage.open(classic, { 'comms.log.level': 'warn' });
  });
  afterAll(() => faults.close());

  it('are set aside, and neither they nor the good rows behind them flow at less than half of the usual rate', async () => {
    const { client } = faults.stage.database;
    await faults.insert(GOOD, { priority: 3, comms_code: 'BEFORE' });
    await faults.start();
    await faults.untilDrained();
    await client.query(
      `INSERT INTO comms_request_target_distribution (comms_request_id, comms_code, delivery_method, priority, distribution_status)
       SELECT n, 'POISON', 'PUSH', 1, 'D' FROM generate_series(1, ${POISON}) AS n`,
    );
    await faults.insert(GOOD, { priority: 3, comms_code: 'BEHIND' });
    await faults.untilDrained();
    await faults.insert(GOOD, { priority: 3, comms_code: 'AFTER' });
    await faults.untilDrained();

    const rates = await ratesOf(client);
    process.stderr.write(`rows per second: ${JSON.stringify(rates)}\n`);
    // The slower of two, since other suites may take their share of the machine meanwhile.
    const usual = Math.min(rates['BEFORE'] ?? 0, rates['AFTER'] ?? 0);
    expect(usual).toBeGreaterThan(0);
    expect(rates['BEHIND']).toBeGreaterThan(usual / 2);
    expect(rates['POISON']).toBeGreaterThan(usual / 2);

    const rows = await distributionRows(client);
    const good = rows.filter(({ comms_code: code }) => code !== 'POISON');
    const messages = await readQueue(classic, faults.queue, { count: good.length, timeoutMs: 60_000 });
    const read = await Promise.all(messages.map((message) => readMessage(message)));
    checkTotalQueue(
      totalQueue(
        good,
        read.map(({ content }) => content),
      ),
    );
    const poison = rows.filter(({ comms_code: code }) => code === 'POISON');
    expect(new Set(poison.map((row) => `${row.distribution_status} ${row.error_code ?? ''}`))).toEqual(
      new Set(['E MESSAGE_MISSING']),
    );
  });
});
