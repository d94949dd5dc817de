import type { Distribution } from '@comms/distribution';
import { run, runMigrations, type Runner, type RunnerOptions } from 'graphile-worker';
import type { OpenPeer } from './peer.js';
import { StompPublisher } from './stomp-publisher.js';

type WorkerOptions = NonNullable<NonNullable<RunnerOptions['preset']>['worker']>;

/** graphile-worker with a task that publishes, as its documentation sets one up. */
export const openGraphileWorker: OpenPeer = graphileWorker({ concurrentJobs: 5, pollInterval: 1_000 });

/** The same with batched fetches and completions, and with the number of jobs at a time that was fastest. */
export const openGraphileWorkerTuned: OpenPeer = graphileWorker({
  concurrentJobs: 50,
  maxPoolSize: 10,
  localQueue: { size: 500 },
  completeJobBatchDelay: 0,
  failJobBatchDelay: 0,
  pollInterval: 100,
});

function graphileWorker(options: WorkerOptions): OpenPeer {
  return async ({ datasource, broker, queue }) => {
    const connectionString = datasource.url;
    await runMigrations({ connectionString });
    const publisher = await StompPublisher.connect(broker, queue);
    let runner: Runner | undefined;
    return {
      begin: async () => {
        runner = await run({
          preset: { worker: { connectionString, ...options } },
          noHandleSignals: true,
          taskList: { publish: (payload) => publisher.publish(payload as Distribution) },
        });
      },
      rest: async () => runner?.stop(),
    };
  };
}
