import type { DaemonIdentity, DaemonJob, PollReport } from '@comms/daemon-runtime';
import { type MonitorStore, monitorPass } from '@comms/monitor';
import type { MonitorConfig } from './monitor.config.js';

/** The job of comms-monitor: one pass a poll. */
export class MonitorJob implements DaemonJob {
  readonly identity: DaemonIdentity = { type: 'Transmission', category: 'Comms', activity: 'Comms Monitor' };
  readonly schedule: string;
  readonly enabled: boolean;
  readonly wakeUp: boolean;
  /** Two passes side by side would only wait for each other. */
  readonly batchesInHand = 1;

  constructor(
    private readonly store: MonitorStore,
    private readonly config: MonitorConfig,
  ) {
    this.schedule = config.schedule;
    this.enabled = config.enabled;
    this.wakeUp = config.wakeUp;
  }

  /** Counts as distributed what became an entry, was published, or went back to `D`; the lapsed marks are no progress. */
  async poll(): Promise<PollReport> {
    const { handled, more } = await monitorPass(this.store, this.config.batchSize);
    const distributed = handled['create-entries'] + handled['publish-online'] + handled['release-retries'];
    return { next: more ? 'more' : 'idle', distributed, retried: 0, failed: 0 };
  }
}
