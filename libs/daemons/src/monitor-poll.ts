import type { PollReport } from '@comms/daemon-runtime';
import { type MonitorStore, monitorPass } from '@comms/delivery';

/**
 * One pass. These count as distributed: targets that were marked, because their entry was made now or found; ONLINE rows
 * that became `P`; and rows that went back to `D`. Marks of lapsed rows do not count, whether they are set or cleared.
 */
export async function monitorPoll(store: MonitorStore, batchSize: number): Promise<PollReport> {
  const { handled, more } = await monitorPass(store, batchSize);
  const distributed = handled['create-entries'] + handled['publish-online'] + handled['release-retries'];
  return { next: more ? 'more' : 'idle', distributed, retried: 0, failed: 0 };
}
