import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { countOf } from '@comms/daemon-stage';
import { eventually } from '@comms/kit';
import { testClassic } from '@comms/test-servers';
import type { PoolClient } from 'pg';
import { checkTotalQueue } from '../src/total-queue.js';
import { FaultStage } from '../src/fault-stage.js';

jest.setTimeout(120_000);

const ROWS = 3_000;
const HELD = 500;

const classic = await testClassic();

describe('11 another session', () => {
  let faults: FaultStage;
  let other: PoolClient;
  beforeEach(async () => {
    faults = await FaultStage.open(classic);
    other = await faults.stage.database.client.connect();
  });
  afterEach(async () => {
    other.release(true);
    await faults.close();
  });

  const delivered = () => countOf(faults.stage.database.client, 'S');

  it('that holds rows is skipped, and its rows follow once it lets them go', async () => {
    const ids = await faults.insert(ROWS);
    await other.query('BEGIN');
    await other.query(
      `SELECT FROM comms_request_target_distribution
       WHERE comms_request_target_distribution_id = ANY ($1::bigint[]) FOR UPDATE`,
      [ids.slice(0, HELD)],
    );
    const daemon = await faults.startUp();
    await eventually('the others are delivered', delivered, (count) => count === ROWS - HELD);
    await daemon.untilIdle();
    expect(await delivered()).toBe(ROWS - HELD);

    await other.query('ROLLBACK');
    checkTotalQueue(await faults.judge());
  });

  it('that keeps an old snapshot open makes polls slower, never wrong, and they are measured', async () => {
    const daemon = await faults.startUp();
    await other.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await other.query('SELECT FROM comms_request_target_distribution');
    for (let round = 0; round < 3; round += 1) {
      await faults.insert(ROWS);
      await faults.untilDrained();
    }
    await other.query('COMMIT');

    checkTotalQueue(await faults.judge());
    const metrics = await daemon.metrics();
    expect(metrics.get('comms_poll_duration_seconds_count{result="worked"}')).toBeGreaterThan(0);
    expect(metrics.get('comms_poll_duration_seconds_sum{result="worked"}')).toBeGreaterThan(0);
  });
});
