import { MONITOR_TASKS, type MonitorStore, type MonitorTask } from '@comms/monitor';
import type { Database } from '../database/database.js';
import type { StoreScope } from '../store-scope.js';
import { tableNames } from '../table-names.js';
import { type MonitorStatements, monitorStatements, pendingStatement } from './monitor-statements.js';

/** What comms-monitor does to rows in PostgreSQL; each call is one round trip. */
export class PostgresMonitorStore implements MonitorStore {
  private readonly statements: Record<MonitorTask, MonitorStatements>;

  constructor(
    private readonly database: Database,
    { schema, mode, process }: StoreScope,
  ) {
    this.statements = monitorStatements({ tables: tableNames(schema), mode, process });
  }

  async pending(): Promise<ReadonlySet<MonitorTask>> {
    const { rows } = await this.database.run<Record<MonitorTask, boolean>>(pendingStatement(this.statements));
    return new Set(MONITOR_TASKS.filter((task) => rows[0]?.[task]));
  }

  async perform(task: MonitorTask, limit: number): Promise<number> {
    const { rowCount } = await this.database.run(this.statements[task].perform(limit));
    return rowCount ?? 0;
  }
}
