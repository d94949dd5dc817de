/** What a daemon does. A feature provides one under {@link DAEMON_JOB}; the runtime does all around it. */
export interface DaemonJob {
  readonly identity: DaemonIdentity;
  /** When to look for work; see `parseSchedule`. */
  readonly schedule: string;
  /** When false the daemon starts and is healthy, but never polls. */
  readonly enabled: boolean;
  /** Whether it polls, beside its schedule, as soon as the daemon's wake-up tells. */
  readonly wakeUp: boolean;
  /** How many batches a backlog may have in hand at a time; at least 1. */
  readonly batchesInHand: number;
  /**
   * Does one batch. One call looks for work; while the answers are `more`, up to `batchesInHand` calls are under way at
   * a time. Once there is nothing more to do, none is made before the next beat. When it throws, the runtime tells why
   * in log, health and metrics, and pauses the loop.
   */
  poll(): Promise<PollReport>;
}

export const DAEMON_JOB = Symbol('DaemonJob');

/** How a daemon is shown to operators. */
export interface DaemonIdentity {
  /** Such as `Transmission`. */
  readonly type: string;
  /** Such as `Comms`. */
  readonly category: string;
  /** Such as `Push To Handset`. */
  readonly activity: string;
}

/** What one poll did. The runtime logs and counts it; an idle poll leaves no line. */
export interface PollReport {
  /** `more` when the batch was full, so that more is likely to wait. */
  readonly next: 'more' | 'idle';
  /** Rows that got where they belong. */
  readonly distributed: number;
  /** Rows at fault that are to be tried again, and so became `R`. */
  readonly retried: number;
  /** Rows at fault that are not to be tried again, and so became `E`. */
  readonly failed: number;
  /** What keeps the job from its work through no row's fault, such as a broker that is down: the loop pauses. */
  readonly trouble?: Trouble;
}

export interface Trouble {
  /** Stable, such as `BROKER_DOWN`. */
  readonly code: string;
  /** A sentence for the operator, without any message, target or key. */
  readonly text: string;
}
