import { type MonitorStore, monitorPass } from '@comms/delivery';
import type { Job } from './daemon.js';

/** The job of comms-monitor: one pass a poll. */
export function monitorJob(store: MonitorStore): Job {
  return {
    batchesInHand: 1,
    poll: async () => ((await monitorPass(store, 100)).more ? 'more' : 'idle'),
    tick: () => undefined,
    close: () => Promise.resolve(),
  };
}
