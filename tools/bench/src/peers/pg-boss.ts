import type { Distribution } from '@comms/distribution';
import { PG_BOSS_QUEUE, startPgBoss } from './start-pg-boss.js';
import type { OpenPeer } from './peer.js';
import { StompPublisher } from './stomp-publisher.js';

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
            // Fetches anew at once, instead of at the next interval.
            boss.notifyWorker(id);
          },
        );
      }
    },
    rest: () => boss.offWork(PG_BOSS_QUEUE),
  };
};
