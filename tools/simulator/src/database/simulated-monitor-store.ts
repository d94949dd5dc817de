import { MONITOR_TASKS, type MonitorStore, type MonitorTask } from '@comms/delivery';
import type { Database } from './database.js';
import type { Row } from './row.js';

/** What comms-monitor does to the rows of the simulated database. They have work for one of its tasks alone. */
export class SimulatedMonitorStore implements MonitorStore {
  constructor(private readonly database: Database) {}

  pending(): Promise<ReadonlySet<MonitorTask>> {
    return this.run('pending', () => new Set(MONITOR_TASKS.filter((task) => this.due(task).length > 0)));
  }

  perform(task: MonitorTask, limit: number): Promise<number> {
    return this.run(task, () => {
      this.database.requireWritable();
      const rows = this.due(task).slice(0, limit);
      for (const row of rows) row.status = 'D';
      return rows.length;
    });
  }

  private async run<T>(statement: string, execute: () => T): Promise<T> {
    const session = await this.database.connect();
    const result = await session.call(statement, execute);
    session.close();
    return result;
  }

  private due(task: MonitorTask): Row[] {
    if (task !== 'release-retries') return [];
    const { now } = this.database.world;
    return [...this.database.rows.values()].filter(
      ({ status, retryAt, lockedBy }) => status === 'R' && retryAt <= now && lockedBy === undefined,
    );
  }
}
