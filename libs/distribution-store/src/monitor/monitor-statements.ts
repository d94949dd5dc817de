import { MONITOR_TASKS, type MonitorTask } from '@comms/delivery';
import { auditColumns } from '../audit-columns.js';
import type { StoreScope } from '../store-scope.js';
import type { TableNames } from '../table-names.js';
import { mayBeDistributedNow } from '../time-exclusion-predicate.js';
import { createEntries } from './create-entries.js';
import { except } from './except.js';

export interface MonitorScope extends Omit<StoreScope, 'schema'> {
  readonly tables: TableNames;
}

/** One task as SQL: whether there is work, and doing up to `limit` rows of it. */
export interface MonitorStatements {
  /** A boolean expression. */
  readonly pending: string;
  /** A statement; the number of rows that it changes is the number handled. Some rows may be passed over. */
  readonly perform: (limit: number, passedOver?: readonly string[]) => string;
  /** A question for the `id` of the row that `perform` would handle first. */
  readonly first: (passedOver: readonly string[]) => string;
}

/**
 * The conditions repeat those of the partial indexes word for word, and the order is that of the index too, so that each
 * task reads its own rows alone. An `EXISTS` has no order: it would look for a first lapsed row among all that wait.
 */
export function monitorStatements(scope: MonitorScope): Record<MonitorTask, MonitorStatements> {
  const eligible = mayBeDistributedNow(scope.mode);
  return {
    'create-entries': createEntries(scope),
    'publish-online': changeRows(scope, {
      due: `delivery_method = 'ONLINE' AND distribution_status = 'D' AND lapsed_date_time IS NULL`,
      order: 'priority, comms_request_target_distribution_id',
      from: 'D',
      set: `distribution_status = 'P', published_date_time = now(),
        error_code = NULL, error_text = NULL, retry_date_time = NULL`,
    }),
    'release-retries': changeRows(scope, {
      due: `distribution_status = 'R' AND ${ALL_METHODS} AND retry_date_time <= now()`,
      order: 'retry_date_time',
      from: 'R',
      set: `distribution_status = 'D', retry_date_time = NULL`,
    }),
    'clear-lapsed': changeRows(scope, {
      due: `distribution_status = 'D' AND lapsed_date_time IS NOT NULL AND ${OUTBOUND}
        AND ${scope.mode === 'send-before' ? eligible : 'true'}`,
      order: BY_END_OF_TIME,
      from: 'D',
      set: 'lapsed_date_time = NULL',
    }),
    'mark-lapsed': changeRows(scope, {
      due: `distribution_status = 'D' AND lapsed_date_time IS NULL AND time_exclusion IS NOT NULL AND ${OUTBOUND}
        AND ${scope.mode === 'send-before' ? `NOT (${eligible})` : 'false'} AND ${notSetAside(scope.tables)}`,
      order: BY_END_OF_TIME,
      from: 'D',
      set: 'lapsed_date_time = now()',
    }),
  };
}

/** Asks for all tasks at once; the answer has one boolean column a task. */
export function pendingStatement(statements: Record<MonitorTask, MonitorStatements>): string {
  const questions = MONITOR_TASKS.map((task) => `${statements[task].pending} AS "${task}"`);
  return `SELECT ${questions.join(', ')}`;
}

/** Of a row that is set aside nobody knows yet whether it was sent: it waits for an operator, as long as it takes. */
function notSetAside({ setAside }: TableNames): string {
  return `comms_request_target_distribution_id NOT IN (SELECT comms_request_target_distribution_id FROM ${setAside})`;
}

const OUTBOUND = `delivery_method IN ('PUSH','SMS','EXTERNAL')`;
const ALL_METHODS = `delivery_method IN ('PUSH','SMS','EXTERNAL','ONLINE')`;
const BY_END_OF_TIME = `coalesce(time_exclusion, 'infinity'::timestamptz)`;

interface RowChange {
  readonly due: string;
  readonly order: string;
  /** The status that the rows have before. */
  readonly from: string;
  readonly set: string;
}

function changeRows(
  { tables: { distribution }, process }: MonitorScope,
  { due, order, from, set }: RowChange,
): MonitorStatements {
  const lock = (limit: number, passedOver: readonly string[]) => `
        SELECT comms_request_target_distribution_id AS id FROM ${distribution}
        WHERE ${due} ${except('comms_request_target_distribution_id', passedOver)}
        ORDER BY ${order} LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
  return {
    pending: `(SELECT true FROM ${distribution} WHERE ${due} ORDER BY ${order} LIMIT 1) IS NOT NULL`,
    first: (passedOver) => lock(1, passedOver),
    perform: (limit, passedOver = []) => `
      WITH due AS MATERIALIZED (${lock(limit, passedOver)})
      UPDATE ${distribution} AS row SET ${set}, ${auditColumns(process)} FROM due
      WHERE row.comms_request_target_distribution_id = due.id AND row.distribution_status = '${from}'`,
  };
}
