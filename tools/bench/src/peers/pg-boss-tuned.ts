import { QueueCourier } from '@comms/activemq';
import type { Distribution } from '@comms/distribution';
import { messageOf } from '../limits/message-of.js';
import { putAll } from '../limits/put-all.js';
import { PG_BOSS_QUEUE, startPgBoss } from './start-pg-boss.js';
import type { OpenPeer } from './peer.js';

/**
 * pg-boss as far as it goes: fetches whole batches, puts each in STOMP transactions by our own courier, and completes it
 * in one call, batch after batch in a loop of its own.
 */
export function openPgBossTuned(batchSize: number): OpenPeer {
  return async ({ datasource, broker, queue }) => {
    const boss = await startPgBoss(datasource.url);
    const courier = new QueueCourier(broker, queue);
    await courier.prepare();
    const work = async () => {
      for (;;) {
        const jobs = await boss.fetch<Distribution>(PG_BOSS_QUEUE, { batchSize });
        if (jobs.length === 0) return;
        await putAll(
          courier,
          jobs.map(({ data }) => messageOf(data)),
        );
        await boss.complete(
          PG_BOSS_QUEUE,
          jobs.map(({ id }) => id),
        );
      }
    };
    let working = Promise.resolve();
    return {
      begin: () => (working = work()),
      rest: () => working,
    };
  };
}
