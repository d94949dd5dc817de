/**
 * The five things that comms-monitor does to rows. Each handles at most `limit` rows, skips rows
 * that another replica holds, and returns how many it handled. Fewer than `limit` means that nothing is left for now, or
 * that rows were refused: the next beat looks again.
 */
export interface MonitorStore {
  /** Which of the five have work now; one query, so that an idle look is cheap. */
  pending(): Promise<ReadonlySet<MonitorTask>>;
  /** Does one task on up to `limit` rows. */
  perform(task: MonitorTask, limit: number): Promise<number>;
}

/**
 * The tasks, in the order in which a pass does them:
 * - `create-entries`: a merged target without a distribution entry gets one: `D`, or for ONLINE `P` with its
 *   PublishedDateTime.
 * - `publish-online`: an ONLINE row that was inserted at `D` becomes `P`.
 * - `release-retries`: an `R` row whose RetryDateTime has come returns to `D`.
 * - `clear-lapsed`: a marked row that may be sent again loses its mark.
 * - `mark-lapsed`: a `D` row whose time exclusion has passed (mode send-before) gets its mark.
 */
export const MONITOR_TASKS = [
  'create-entries',
  'publish-online',
  'release-retries',
  'clear-lapsed',
  'mark-lapsed',
] as const;

export type MonitorTask = (typeof MONITOR_TASKS)[number];
