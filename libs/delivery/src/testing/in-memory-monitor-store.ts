import type { MonitorStore, MonitorTask } from '../monitor-store.js';

/** Rows in memory, each with work for one task or for none. */
export class InMemoryMonitorStore implements MonitorStore {
  /** What the rows have work for, by their ids; undefined where they are left alone. */
  private readonly work = new Map<string, MonitorTask | undefined>();
  private lastId = 0;
  /** The ids of rows that another session holds. */
  readonly held = new Set<string>();
  /** The tasks that were called for, in this order. */
  readonly performed: MonitorTask[] = [];
  /** Is refused each time. */
  failing: MonitorTask | undefined;

  /** @param work how many rows have work for each task at first */
  constructor(work: Partial<Record<MonitorTask, number>> = {}) {
    for (const [task, rows] of Object.entries(work)) {
      for (let row = 0; row < rows; row++) this.insert(task as MonitorTask);
    }
  }

  /** Puts in a row and returns its id. */
  insert(task: MonitorTask | undefined): string {
    this.lastId += 1;
    const id = String(this.lastId);
    this.work.set(id, task);
    return id;
  }

  /** Whether the work that the row had is done. */
  isDone(id: string): boolean {
    return !this.work.has(id);
  }

  pending(): Promise<ReadonlySet<MonitorTask>> {
    return Promise.resolve(new Set([...this.work.values()].filter((task) => task !== undefined)));
  }

  perform(task: MonitorTask, limit: number): Promise<number> {
    this.performed.push(task);
    if (task === this.failing) return Promise.reject(new Error(`${task} failed`));
    const due = [...this.work.keys()].filter((id) => this.work.get(id) === task && !this.held.has(id));
    const handled = due.slice(0, limit);
    for (const id of handled) this.work.delete(id);
    return Promise.resolve(handled.length);
  }
}
