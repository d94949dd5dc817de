import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';

import { aLog, eventually, FakeClock } from '@comms/daemon-runtime/testing';
import { insertTarget, type Layout, migratedSuite } from '../testing/index.js';
import { WakeUpListener } from './wake-up-listener.js';

const APP = 'push-to-handset';
describe.each<Layout>(['one table', 'months'])('on %s', (layout) => {
  const suite = migratedSuite(APP, layout);

  describe('WakeUpListener', () => {
    it('wakes at once when it begins, for what came before', async () => {
      const { wakes } = await started();
      expect(wakes()).toBe(1);
    });

    it('wakes once per statement that inserts rows of its method at D, however many', async () => {
      const { wakes } = await started();
      await suite.client.query(
        `INSERT INTO comms_request_target_distribution (comms_request_id, delivery_method, message, distribution_status)
       SELECT n, 'PUSH', 'text', 'D' FROM generate_series(1, 1000) AS n`,
      );
      await eventually(() => wakes() === 2);
    });

    it('does not wake for rows of other methods and statuses', async () => {
      const { wakes } = await started();
      await suite.insert({ deliveryMethod: 'SMS' });
      await suite.insert({ deliveryMethod: 'PUSH', distributionStatus: 'S' });
      await suite.insert({ deliveryMethod: 'PUSH' });
      await eventually(() => wakes() > 1);
      expect(wakes()).toBe(2);
    });

    it('wakes comms-monitor when a target is inserted or merged', async () => {
      const { wakes } = await started('comms_merged');
      await insertTarget(suite.client, { mergeDateTime: null });
      await eventually(() => wakes() === 2);
      await suite.client.query('UPDATE comms_request_target SET merge_date_time = now()');
      await eventually(() => wakes() === 3);
    });

    it('takes another connection when it has lost its own, and wakes for what it may have missed', async () => {
      const { wakes, clock, lines } = await started();
      await suite.client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
        [APP],
      );
      await eventually(() => lines().some(({ msg }) => msg === 'wake-up lost'));
      expect(lines()).toMatchObject([{ level: 'warn', code: 'STORE_CONNECTION_LOST' }]);
      await clock.advance(5_000);
      await eventually(() => wakes() === 2);
      await suite.insert({ deliveryMethod: 'PUSH' });
      await eventually(() => wakes() === 3);
    });

    it('ends with the database and reports nothing of that', async () => {
      const { listener, lines, clock } = await started();
      await listener.stop();
      await suite.database.stop();
      await clock.advance(60_000);
      expect(lines()).toEqual([]);
    });
  });

  /** A listener that has its connection. */
  async function started(channel = 'comms_awaiting_push') {
    await suite.client.query(await readFile(new URL('../../sql/wake-up.sql', import.meta.url), 'utf8'));
    const { log, lines } = aLog();
    const clock = new FakeClock();
    const listener = new WakeUpListener({ database: suite.database, channel, clock, log });
    let count = 0;
    const wakes = () => count;
    listener.start(() => (count += 1));
    await eventually(() => wakes() === 1);
    return { listener, clock, lines, wakes };
  }
});
