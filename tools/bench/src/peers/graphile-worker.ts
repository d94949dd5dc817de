import type { Distribution } from '@comms/distribution';
import { run, type Runner, runMigrations } from 'graphile-worker';
import type { OpenPeer } from './peer.js';
import { StompPublisher } from './stomp-publisher.js';

/** Jobs at a time, and how many are fetched at once: more of either brings no more. */
const CONCURRENCY = 50;
const LOCAL_QUEUE = 500;

/** graphile-worker with a task that publishes, and with its batching of fetches and completions. */
export const openGraphileWorker: OpenPeer = async ({ datasource, broker, queue }) => {
  const connectionString = datasource.url;
  await runMigrations({ connectionString });
  const publisher = await StompPublisher.connect(broker, queue);
  let runner: Runner | undefined;
  return {
    begin: async () => {
      runner = await run({
        preset: {
          worker: {
            connectionString,
            concurrentJobs: CONCURRENCY,
            maxPoolSize: 10,
            localQueue: { size: LOCAL_QUEUE },
            completeJobBatchDelay: 0,
            failJobBatchDelay: 0,
            pollInterval: 100,
          },
        },
        noHandleSignals: true,
        taskList: { publish: (payload) => publisher.publish(payload as Distribution) },
      });
    },
    rest: async () => runner?.stop(),
  };
};
