import { Daemon, type PollReport } from '../daemon.js';
import type { BacklogCount } from '../health/backlog.js';
import type { HealthContributor } from '../health/part.js';

/** A daemon whose polls return what the test says, and `idle` when it says nothing. */
export class FakeDaemon extends Daemon {
  readonly identity = { type: 'Transmission', category: 'Comms', activity: 'Push To Handset' };
  enabled = true;
  followUp = false;
  readonly batchesInHand = 1;
  parts: readonly HealthContributor[] = [];
  backlog = { count: () => Promise.resolve(NO_ROWS) };
  /** How many polls have been started. */
  polls = 0;
  /** What `start` was given; undefined before. */
  wake: (() => void) | undefined;
  stopped = false;

  constructor(
    private readonly answer: () => PollReport | Promise<PollReport> = () => IDLE,
    readonly schedule = '10ms',
  ) {
    super();
  }

  async poll(): Promise<PollReport> {
    this.polls += 1;
    return this.answer();
  }

  start(wake: () => void): void {
    this.wake = wake;
  }

  stop(): Promise<void> {
    this.stopped = true;
    return Promise.resolve();
  }
}

export const IDLE: PollReport = { next: 'idle', distributed: 0, retried: 0, failed: 0 };

export const NO_ROWS: BacklogCount = {
  waiting: 0,
  retrying: 0,
  error: 0,
  lapsed: 0,
  setAside: 0,
  oldestWaitingSeconds: 0,
  setAsideByMethod: {},
};
