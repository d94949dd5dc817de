import type { PollReport } from '@comms/daemon-runtime';
import { type MonitorStore, monitorPass } from '@comms/delivery';

/**
 * One pass. Entries that were made, rows that were published and rows that went back to `D` count as distributed. Marks
 * of lapsed rows do not.
 */
export async function monitorPoll(store: MonitorStore, batchSize: number): Promise<PollReport> {
  const { handled, more } = await monitorPass(store, batchSize);
  const distributed = handled['create-entries'] + handled['publish-online'] + handled['release-retries'];
  return { next: more ? 'more' : 'idle', distributed, retried: 0, failed: 0 };
}
