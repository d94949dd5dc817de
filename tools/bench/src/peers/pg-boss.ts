import type { Distribution } from '@comms/distribution';
import { QueueCourier } from '@comms/activemq';
import PgBoss from 'pg-boss';
import type { OpenPeer } from './peer.js';
import { StompPublisher } from './stomp-publisher.js';
import { messageOf, putAll } from '../limits/daemon-parts.js';

/** Workers, and the jobs that each fetches at once: more of either brings no more. */
const WORKERS = 2;
const BATCH = 250;

/** pg-boss with workers that publish each job and wait for its receipt; those of a batch at the same time. */
export const openPgBoss: OpenPeer = async ({ datasource, broker, queue }) => {
  const boss = await startPgBoss(datasource.url);
  const publisher = await StompPublisher.connect(broker, queue);
  return {
    begin: async () => {
      for (let i = 0; i < WORKERS; i += 1) {
        const id = await boss.work<Distribution>(
          PG_BOSS_QUEUE,
          { batchSize: BATCH, pollingIntervalSeconds: 0.5 },
          async (jobs) => {
            await Promise.all(jobs.map(({ data }) => publisher.publish(data)));
            // Fetches again at once, instead of at the next interval.
            boss.notifyWorker(id);
          },
        );
      }
    },
    rest: () => boss.offWork(PG_BOSS_QUEUE),
  };
};

/**
 * pg-boss at its fastest: one loop fetches whole batches, puts each in STOMP transactions by our own courier, and
 * completes it in one call.
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

const PG_BOSS_QUEUE = 'publish';

/** A pg-boss with its tables and the queue. */
async function startPgBoss(connectionString: string): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString, max: 10 });
  boss.on('error', (error) => {
    throw error;
  });
  await boss.start();
  await boss.createQueue(PG_BOSS_QUEUE);
  return boss;
}
