import { MONITOR_TASKS, type MonitorTask } from '@comms/delivery';
import { DELIVERY_METHODS, endsOf, type MoveOf, OUTBOUND_METHODS } from '@comms/distribution';
import { escapeLiteral } from 'pg';
import { COPIED_COLUMNS, DISTRIBUTION_ID, setAuditColumns, TARGET_ID } from '../columns.js';
import { except, isNotSetAside, isOfMethod, mayBeDistributedNow } from '../row-conditions.js';
import type { StoreScope, TableNames } from '../tables.js';

export interface MonitorScope extends Omit<StoreScope, 'schema'> {
  readonly tables: TableNames;
}

/** One task as SQL: whether there is work, and doing up to `limit` rows of it. */
export interface MonitorStatements {
  /** A boolean expression. */
  readonly pendingSql: string;
  /** A statement; the number of rows that it changes is the number handled. Some rows may be skipped. */
  readonly performSql: (limit: number, skipped?: readonly string[]) => string;
  /** A query for the `id` of the row that `performSql` would handle first. */
  readonly firstSql: (skipped: readonly string[]) => string;
}

/**
 * The conditions repeat those of the partial indexes word for word, in the order of the index, so that each task reads
 * only its own rows. An `EXISTS` has no order: it would look for a first lapsed row among all that wait.
 *
 * A row that is set aside is not marked as lapsed. It waits for an operator, since it may have been sent.
 */
export function monitorStatements(scope: MonitorScope): Record<MonitorTask, MonitorStatements> {
  const eligible = mayBeDistributedNow(scope.mode);
  return {
    'create-entries': createEntries(scope),
    'publish-online': moveRows(scope, 'D>P', {
      due: `delivery_method = 'ONLINE' AND lapsed_date_time IS NULL`,
      order: `priority, ${DISTRIBUTION_ID}`,
      set: 'published_date_time = now(), error_code = NULL, error_text = NULL, retry_date_time = NULL',
    }),
    'release-retries': moveRows(scope, 'R>D', {
      due: `${isOfMethod(DELIVERY_METHODS)} AND retry_date_time <= now()`,
      order: 'retry_date_time',
      set: 'retry_date_time = NULL',
    }),
    'clear-lapsed': changeRows(scope, {
      due: `distribution_status = 'D' AND lapsed_date_time IS NOT NULL AND ${isOfMethod(OUTBOUND_METHODS)}
        AND ${scope.mode === 'send-before' ? eligible : 'true'}`,
      order: BY_END_OF_TIME,
      from: 'D',
      set: 'lapsed_date_time = NULL',
    }),
    'mark-lapsed': changeRows(scope, {
      due: `distribution_status = 'D' AND lapsed_date_time IS NULL AND time_exclusion IS NOT NULL
        AND ${isOfMethod(OUTBOUND_METHODS)} AND ${scope.mode === 'send-before' ? `NOT (${eligible})` : 'false'}
        AND ${isNotSetAside(scope.tables.setAsideTable)}`,
      order: BY_END_OF_TIME,
      from: 'D',
      set: 'lapsed_date_time = now()',
    }),
  };
}

/** Asks for all tasks at once; the result has one boolean column per task. */
export function pendingStatement(statements: Record<MonitorTask, MonitorStatements>): string {
  const questions = MONITOR_TASKS.map((task) => `${statements[task].pendingSql} AS "${task}"`);
  return `SELECT ${questions.join(', ')}`;
}

const BY_END_OF_TIME = `coalesce(time_exclusion, 'infinity'::timestamptz)`;

interface RowChange {
  readonly due: string;
  readonly order: string;
  /** The status that the rows have before. */
  readonly from: string;
  readonly set: string;
}

/** Moves rows, as the table of legal moves allows it to comms-monitor. */
function moveRows(
  scope: MonitorScope,
  move: MoveOf<'monitor'>,
  { due, order, set }: Omit<RowChange, 'from'>,
): MonitorStatements {
  const { from, to } = endsOf(move);
  return changeRows(scope, {
    due: `distribution_status = '${from}' AND ${due}`,
    order,
    from,
    set: `distribution_status = '${to}', ${set}`,
  });
}

function changeRows(
  { tables: { distributionTable }, process }: MonitorScope,
  { due, order, from, set }: RowChange,
): MonitorStatements {
  const lock = (limit: number, skipped: readonly string[]) => `
        SELECT ${DISTRIBUTION_ID} AS id FROM ${distributionTable}
        WHERE ${due} ${except(DISTRIBUTION_ID, skipped)}
        ORDER BY ${order} LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
  return {
    pendingSql: `(SELECT true FROM ${distributionTable} WHERE ${due} ORDER BY ${order} LIMIT 1) IS NOT NULL`,
    firstSql: (skipped) => lock(1, skipped),
    performSql: (limit, skipped = []) => `
      WITH due AS MATERIALIZED (${lock(limit, skipped)})
      UPDATE ${distributionTable} AS row SET ${set}, ${setAuditColumns(process)} FROM due
      WHERE row.${DISTRIBUTION_ID} = due.id AND row.distribution_status = '${from}'`,
  };
}

/**
 * Makes the distribution entries of merged targets that have none, and marks each target whose entry is there: made by
 * this statement, or found. A target whose entry could not be made, because another session is writing it at this moment, stays
 * unmarked and is looked at again.
 */
function createEntries({ tables, process }: MonitorScope): MonitorStatements {
  const { targetTable, distributionTable } = tables;
  const existing = `SELECT FROM ${distributionTable} AS entry
        WHERE entry.${TARGET_ID} = due.${TARGET_ID}`;
  return {
    pendingSql: `(SELECT true FROM ${targetTable} WHERE ${TARGET_DUE} ORDER BY ${TARGET_ORDER} LIMIT 1) IS NOT NULL`,
    firstSql: (skipped) => `
      SELECT ${TARGET_ID} AS id FROM ${targetTable} WHERE ${TARGET_DUE} ${except(TARGET_ID, skipped)}
      ORDER BY ${TARGET_ORDER} LIMIT 1 FOR UPDATE SKIP LOCKED`,
    performSql: (limit, skipped = []) => `
      WITH due AS MATERIALIZED (
        SELECT ${TARGET_ID}, ${COPIES} FROM ${targetTable} WHERE ${TARGET_DUE} ${except(TARGET_ID, skipped)}
        ORDER BY ${TARGET_ORDER} LIMIT ${limit} FOR UPDATE SKIP LOCKED
      ), found AS MATERIALIZED (
        SELECT due.${TARGET_ID} FROM due WHERE EXISTS (${existing})
      ), made AS (
        INSERT INTO ${distributionTable} (${TARGET_ID}, ${COPIES},
          distribution_status, published_date_time, created_date_time, audit_time_stamp, audit_process, audit_user)
        SELECT ${TARGET_ID}, ${COPIES},
          CASE delivery_method WHEN 'ONLINE' THEN 'P' ELSE 'D' END,
          CASE delivery_method WHEN 'ONLINE' THEN now() END,
          now(), now(), ${escapeLiteral(process)}, left(current_user, 50)
        FROM due WHERE NOT EXISTS (${existing})
        ON CONFLICT DO NOTHING
        RETURNING ${TARGET_ID}
      )
      UPDATE ${targetTable} AS row SET distribution_entry_date_time = now()
      FROM (SELECT * FROM found UNION ALL SELECT * FROM made) AS entered
      WHERE row.${TARGET_ID} = entered.${TARGET_ID}`,
  };
}

const TARGET_DUE = `merge_date_time IS NOT NULL AND distribution_entry_date_time IS NULL
        AND ${isOfMethod(DELIVERY_METHODS)}`;

const TARGET_ORDER = `priority, ${TARGET_ID}`;

const COPIES = COPIED_COLUMNS.join(', ');
