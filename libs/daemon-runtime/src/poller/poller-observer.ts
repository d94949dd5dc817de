/** Told what a poller does, as it does it. It must not throw. */
export interface PollerObserver {
  cycleStarted(): void;
  /** The last poll of the cycle has ended well. */
  cycleFinished(cycle: FinishedCycle): void;
  /** Polls threw: the cycle is over and the poller pauses. */
  cycleFailed(cycle: FailedCycle): void;
}

export interface FinishedCycle {
  readonly durationMs: number;
}

export interface FailedCycle extends FinishedCycle {
  /** What its polls threw, in the order of time; at least one. */
  readonly errors: readonly unknown[];
  /** How many cycles in a row have failed, this one included. */
  readonly failures: number;
  /** How long the poller will pause, in milliseconds. */
  readonly pauseMs: number;
}
