import type { TimeExclusionMode } from '@comms/distribution';
import { escapeIdentifier, escapeLiteral } from 'pg';

/** What every statement of a store depends on. */
export interface StoreScope {
  /** The schema of the tables. */
  readonly schema: string;
  readonly mode: TimeExclusionMode;
  /** The app that writes, for the audit columns. */
  readonly process: string;
}

/** The tables, quoted and with their schema, ready for SQL. */
export interface TableNames {
  readonly target: string;
  readonly distribution: string;
  readonly announcement: string;
  readonly setAside: string;
}

export function tableNames(schema: string): TableNames {
  const inSchema = (table: string) => `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
  return {
    target: inSchema('comms_request_target'),
    distribution: inSchema('comms_request_target_distribution'),
    announcement: inSchema('comms_put_announcement'),
    setAside: inSchema('comms_set_aside'),
  };
}

/**
 * The columns that the daemons use, by their names in the database. Select lists, the schema check and its rights follow
 * from these lists; sql/roles.sql is held against them by a test.
 */

export const TARGET_ID = 'comms_request_target_id';
export const DISTRIBUTION_ID = 'comms_request_target_distribution_id';

/** What each write sets; see `auditColumns`. */
export const AUDIT = ['audit_time_stamp', 'audit_process', 'audit_user'] as const;

/** What a distribution entry has from its target. */
export const COPIED = [
  'comms_request_id',
  'comms_code',
  'delivery_method',
  'target',
  'alias_value',
  'priority',
  'message',
  'time_exclusion',
] as const;

/** What a claim reads of a row. Named one by one, since a daemon may have rights on these alone. */
export const CLAIMED = [
  DISTRIBUTION_ID,
  ...COPIED,
  'retry_count',
  'sent_date_time',
  'published_date_time',
  'sending',
] as const;

/** By which rows are chosen, besides the columns above. */
export const CONDITIONS = ['distribution_status', 'lapsed_date_time'] as const;

/** What every write sets, as SQL: when, which app, and the database user that it has logged in with. */
export function auditColumns(process: string): string {
  return `audit_time_stamp = statement_timestamp(), audit_process = ${escapeLiteral(process)},
      audit_user = left(current_user, 50)`;
}
