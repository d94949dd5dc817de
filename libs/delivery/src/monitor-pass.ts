/** What one pass did. */
export interface MonitorReport {
  /** Rows handled, per task. */
  readonly handled: Readonly<Record<MonitorTask, number>>;
  /** Whether a task filled its batch, so that more rows are likely to wait. */
  readonly more: boolean;
}

/**
 * One pass of the Comms Monitor: asks which tasks have work, then does each of them on one batch. Every task stands
 * alone: it commits by itself, and what it did stays done when a later one fails.
 *
 * Throws what the store throws.
 */
export async function monitorPass(store: MonitorStore, batchSize: number): Promise<MonitorReport> {
  const pending = await store.pending();
  const handled = Object.fromEntries(MONITOR_TASKS.map((task) => [task, 0])) as Record<MonitorTask, number>;
  for (const task of MONITOR_TASKS) {
    if (pending.has(task)) handled[task] = await store.perform(task, batchSize);
  }
  return { handled, more: Object.values(handled).some((rows) => rows >= batchSize) };
}

/**
 * The five things that comms-monitor does to rows. Each handles at most `limit` rows in one transaction, passes over
 * rows that another replica holds, and returns how many it handled; fewer than `limit` means nothing is left for now.
 */
export interface MonitorStore {
  /** Which of the five have work now; one query, so that an idle look is cheap. */
  pending(): Promise<ReadonlySet<MonitorTask>>;
  /** Does one task on up to `limit` rows. */
  perform(task: MonitorTask, limit: number): Promise<number>;
}

/**
 * - `create-entries`: a merged target without a distribution entry gets one: `D`, or for ONLINE `P` with its
 *   PublishedDateTime.
 * - `publish-online`: an ONLINE row that was inserted at `D` becomes `P`.
 * - `release-retries`: an `R` row whose RetryDateTime has come returns to `D`.
 * - `mark-lapsed`: a `D` row whose time exclusion has passed (mode send-before) gets its mark.
 * - `clear-lapsed`: a marked row that may be sent again loses its mark.
 */
export const MONITOR_TASKS = [
  'create-entries',
  'publish-online',
  'release-retries',
  'clear-lapsed',
  'mark-lapsed',
] as const;

export type MonitorTask = (typeof MONITOR_TASKS)[number];
