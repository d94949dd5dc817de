import { MONITOR_TASKS, type MonitorStore, type MonitorTask } from '@comms/delivery';
import type { Database } from '../database/database.js';
import { StoreError } from '../store-error.js';
import { type StoreScope, tableNames } from '../tables.js';
import { type MonitorStatements, monitorStatements, pendingStatement } from './monitor-statements.js';

interface MonitorStoreOptions extends StoreScope {
  /** Called with each row that the database refuses to change. */
  readonly onRefused?: (task: MonitorTask, id: string, error: StoreError) => void;
}

/**
 * What comms-monitor does to rows in PostgreSQL; each call is one round trip where no row is refused. A row that the database refuses to change
 * holds up no other: it is found by halving, and skipped until it is tried again 10 minutes later.
 */
export class PostgresMonitorStore implements MonitorStore {
  private readonly statements: Record<MonitorTask, MonitorStatements>;
  /** Rows that are skipped, with the time at which they are tried again. */
  private readonly refused = new Map<MonitorTask, Map<string, number>>();

  constructor(
    private readonly database: Database,
    private readonly options: MonitorStoreOptions,
  ) {
    const { schema, mode, process } = options;
    this.statements = monitorStatements({ tables: tableNames(schema), mode, process });
  }

  async pending(): Promise<ReadonlySet<MonitorTask>> {
    const { rows } = await this.database.run<Record<MonitorTask, boolean>>(pendingStatement(this.statements));
    return new Set(MONITOR_TASKS.filter((task) => rows[0]?.[task]));
  }

  async perform(task: MonitorTask, limit: number): Promise<number> {
    try {
      return await this.run(task, limit);
    } catch (error) {
      if (!isOfRows(error)) throw error;
      await this.run(task, 0); // fails too where the error belongs to no row
      return this.performInParts(task, limit);
    }
  }

  /** After `limit` rows were refused: does half of them, and the rest, down to the single row. */
  private async performInParts(task: MonitorTask, limit: number): Promise<number> {
    let handled = 0;
    const half = limit >> 1;
    for (const part of [half, limit - half]) {
      try {
        handled += await this.run(task, part);
      } catch (error) {
        if (!isOfRows(error)) throw error;
        if (part === 1) await this.passOver(task, error);
        else handled += await this.performInParts(task, part);
      }
    }
    return handled;
  }

  private async run(task: MonitorTask, limit: number): Promise<number> {
    const { rowCount } = await this.database.run(this.statements[task].performSql(limit, this.skipped(task)));
    return rowCount ?? 0;
  }

  private async passOver(task: MonitorTask, error: StoreError): Promise<void> {
    const skipped = this.skipped(task);
    if (skipped.length >= MOST_SKIPPED) throw error;
    const { rows } = await this.database.run<{ id: string }>(this.statements[task].firstSql(skipped));
    const [first] = rows;
    if (first === undefined) return;
    const ofTask = this.refused.get(task) ?? new Map<string, number>();
    this.refused.set(task, ofTask.set(first.id, performance.now() + TRY_AGAIN_AFTER_MS));
    this.options.onRefused?.(task, first.id, error);
  }

  private skipped(task: MonitorTask): readonly string[] {
    const ofTask = this.refused.get(task);
    if (ofTask === undefined) return [];
    const now = performance.now();
    for (const [id, until] of ofTask) if (until <= now) ofTask.delete(id);
    return [...ofTask.keys()];
  }
}

function isOfRows(error: unknown): error is StoreError {
  return error instanceof StoreError && error.ofRows;
}

/** Of one task. More mean that the fault is in nearly every row, and the pass fails. */
const MOST_SKIPPED = 1_000;
const TRY_AGAIN_AFTER_MS = 600_000;
