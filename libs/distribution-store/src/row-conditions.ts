import type { DeliveryMethod, TimeExclusionMode } from '@comms/distribution';
import { DISTRIBUTION_ID } from './columns.js';

/**
 * Whether a row may be distributed now, as SQL: the one place where the database judges the time exclusion, by its own
 * clock. A row without time exclusion always may be; a row whose time is equal to now() may be in both modes. It is
 * written with `coalesce`, and not with `IS NULL OR`, so that an index can carry it.
 */
export function mayBeDistributedNow(mode: TimeExclusionMode): string {
  return mode === 'send-before'
    ? `coalesce(time_exclusion, 'infinity'::timestamptz) >= now()`
    : `coalesce(time_exclusion, '-infinity'::timestamptz) <= now()`;
}

/** Whether a row is of one of these methods, as SQL; in the form of the partial indexes. */
export function isOfMethod(methods: readonly DeliveryMethod[]): string {
  return `delivery_method IN (${methods.map((method) => `'${method}'`).join(',')})`;
}

/** Whether a row is not set aside, as SQL. The rows of the table are hashed once per statement. */
export function isNotSetAside(setAsideTable: string, condition = 'true'): string {
  return `${DISTRIBUTION_ID} NOT IN (SELECT ${DISTRIBUTION_ID} FROM ${setAsideTable} WHERE ${condition})`;
}

/** A condition, as SQL, that leaves out these rows; empty where there are none. */
export function except(column: string, ids: readonly string[]): string {
  return ids.length === 0 ? '' : `AND ${column} <> ALL ('{${ids.join(',')}}'::bigint[])`;
}
