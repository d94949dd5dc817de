/** Counts the rows of a daemon. */
export interface BacklogSource {
  /**
   * Called only when health or metrics are read, and never while a call is under way. The next call comes 5 seconds
   * after the last, or later: after 20 times as long as the last one took.
   */
  count(): Promise<BacklogCount>;
}

/** How many rows are in each state. */
export interface Backlog {
  /** May be distributed now. */
  readonly waiting: number;
  /** Failed, to be tried again. */
  readonly retrying: number;
  /** Failed for good. */
  readonly error: number;
  /** Their time has passed, so that they are never sent. */
  readonly lapsed: number;
  /** Neither claimed nor put until an operator releases them. */
  readonly setAside: number;
  /** Age of the oldest row that waits; 0 when none does. */
  readonly oldestWaitingSeconds: number;
}

/** What a source counts: the backlog, and some of it in more detail. */
export interface BacklogCount extends Backlog {
  /** The rows that are set aside, for each delivery method of the daemon. */
  readonly setAsideByMethod: Readonly<Record<string, number>>;
}
