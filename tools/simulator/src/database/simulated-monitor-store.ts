import type { MonitorStore, MonitorTask } from '@comms/delivery';
import type { Database } from './database.js';
import type { Row } from './row.js';

/** What comms-monitor does to the rows of the simulated database: it returns due retries to `D`. */
export class SimulatedMonitorStore implements MonitorStore {
  constructor(private readonly database: Database) {}

  async pending(): Promise<ReadonlySet<MonitorTask>> {
    const due = await this.run('pending', () => this.due().length > 0);
    return new Set<MonitorTask>(due ? ['release-retries'] : []);
  }

  perform(_: MonitorTask, limit: number): Promise<number> {
    return this.run('release retries', () => {
      this.database.requireWritable();
      const rows = this.due().slice(0, limit);
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

  private due(): Row[] {
    const { now } = this.database.world;
    return [...this.database.rows.values()].filter(
      ({ status, retryAt, lockedBy }) => status === 'R' && retryAt <= now && lockedBy === undefined,
    );
  }
}
