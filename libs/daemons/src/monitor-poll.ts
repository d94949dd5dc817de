import type { PollReport } from '@comms/daemon-runtime';
import { type MonitorStore, monitorPass } from '@comms/delivery';

/**
 * One pass. What became an entry, was published, or went back to `D` counts as distributed; marking rows as lapsed is no
 * progress.
 */
export async function monitorPoll(store: MonitorStore, batchSize: number): Promise<PollReport> {
  const { handled, more } = await monitorPass(store, batchSize);
  const distributed = handled['create-entries'] + handled['publish-online'] + handled['release-retries'];
  return { next: more ? 'more' : 'idle', distributed, retried: 0, failed: 0 };
}
