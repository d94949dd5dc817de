import type { DeliveryMethod } from '@comms/distribution';
import { isNotSetAside, isOfMethod, mayBeDistributedNow } from '../row-conditions.js';
import { type StoreScope, tableNames } from '../tables.js';

export interface BacklogOptions extends Pick<StoreScope, 'schema' | 'mode'> {
  /** Whose rows are counted. */
  readonly methods: readonly DeliveryMethod[];
}

/** Counts no state further than a million. */
export function countStatement({ schema, methods, mode }: BacklogOptions): string {
  const { distributionTable, setAsideTable } = tableNames(schema);
  const ours = isOfMethod(methods);
  const count = (condition: string) => `(SELECT count(*) FROM (
      SELECT FROM ${distributionTable} WHERE ${ours} AND ${condition} LIMIT ${MOST_COUNTED}) AS counted)`;
  return `SELECT
    ${count(`distribution_status = 'D' AND lapsed_date_time IS NULL AND ${isNotSetAside(setAsideTable)}`)} AS waiting,
    ${count(`distribution_status = 'R'`)} AS retrying,
    ${count(`distribution_status = 'E'`)} AS error,
    ${count(`distribution_status = 'D' AND lapsed_date_time IS NOT NULL`)} AS lapsed,
    json_build_object(${methods.map((method) => `'${method}', ${rowsSetAside(setAsideTable, method)}`).join(', ')}) AS "setAside",
    greatest(extract(epoch FROM now() - (${oldestWaiting({ distributionTable, setAsideTable, methods, mode })})), 0)::float8
      AS "oldestWaitingSeconds"`;
}

function rowsSetAside(setAsideTable: string, method: DeliveryMethod): string {
  return `(SELECT count(*) FROM ${setAsideTable} WHERE delivery_method = '${method}')`;
}

const MOST_COUNTED = 1_000_000;

/**
 * Since when the oldest row waits that may be distributed now: since it was created or, in mode send-after, since its
 * time came. Ids grow with time, so the oldest is the first of a method and priority in the claim's index. The range of
 * one priority keeps the planner from walking all rows by their id instead. A time that can't be true, such as `infinity` or
 * one that is to come, has no age: the next row counts, within limits.
 */
function oldestWaiting({ distributionTable, setAsideTable, methods, mode }: OldestScope): string {
  const queues = methods.flatMap((method) =>
    [1, 2, 3].map((priority) => `('${method}', ${priority}::smallint)`),
  );
  const since = mode === 'send-after' ? 'greatest(created_date_time, time_exclusion)' : 'created_date_time';
  return `SELECT min(first.since) FROM (VALUES ${queues.join(', ')}) AS queue (method, priority),
      LATERAL (
        SELECT since FROM (
          SELECT ${since} AS since FROM ${distributionTable} AS row
          WHERE row.delivery_method = queue.method AND row.priority BETWEEN queue.priority AND queue.priority
            AND distribution_status = 'D' AND lapsed_date_time IS NULL AND ${mayBeDistributedNow(mode)}
            AND ${isNotSetAside(setAsideTable)}
          ORDER BY priority, comms_request_target_distribution_id LIMIT ${MOST_SKIPPED}
        ) AS earliest
        WHERE isfinite(since) AND since <= now() LIMIT 1
      ) AS first`;
}

const MOST_SKIPPED = 10_000;

interface OldestScope extends Pick<BacklogOptions, 'methods' | 'mode'> {
  readonly distributionTable: string;
  readonly setAsideTable: string;
}
