import { MONITOR_TASKS, type MonitorStore, type MonitorTask } from './monitor-store.js';

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
