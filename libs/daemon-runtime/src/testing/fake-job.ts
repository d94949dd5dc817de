import type { DaemonJob, PollReport } from '../job/daemon-job.js';

/** A job whose polls answer what the test says, and `idle` when it says nothing. */
export class FakeJob implements DaemonJob {
  readonly identity = { type: 'Transmission', category: 'Comms', activity: 'Push To Handset' };
  enabled = true;
  readonly batchesInHand = 1;
  wakeUp = false;
  /** How many polls have been started. */
  polls = 0;

  constructor(
    private readonly answer: () => PollReport | Promise<PollReport> = () => IDLE,
    readonly schedule = '10ms',
  ) {}

  async poll(): Promise<PollReport> {
    this.polls += 1;
    return this.answer();
  }
}

export const IDLE: PollReport = { next: 'idle', distributed: 0, retried: 0, failed: 0 };
