import { escapeLiteral } from 'pg';

// The columns that the daemons use, by their names in the database. Select lists and the schema check of health are made
// of these lists. A test compares sql/roles.sql with them.

export const TARGET_ID = 'comms_request_target_id';
export const DISTRIBUTION_ID = 'comms_request_target_distribution_id';

/** What every write to the table of entries sets; see `setAuditColumns`. */
export const AUDIT_COLUMNS = ['audit_time_stamp', 'audit_process', 'audit_user'] as const;

/** What comms-monitor copies from a target into its entry. */
export const COPIED_COLUMNS = [
  'comms_request_id',
  'comms_code',
  'delivery_method',
  'target',
  'alias_value',
  'priority',
  'message',
  'time_exclusion',
] as const;

/** What a claim reads of a row. They are named one by one, because a daemon may have rights on these only. */
export const CLAIMED_COLUMNS = [
  DISTRIBUTION_ID,
  ...COPIED_COLUMNS,
  'retry_count',
  'sent_date_time',
  'published_date_time',
  'sending',
] as const;

/** What decides, besides the columns above, whether a row is chosen. */
export const CONDITION_COLUMNS = ['distribution_status', 'lapsed_date_time'] as const;

/** The assignments of the audit columns, as SQL: when, which app, and the database user of its login. */
export function setAuditColumns(process: string): string {
  return `audit_time_stamp = statement_timestamp(), audit_process = ${escapeLiteral(process)},
      audit_user = left(current_user, 50)`;
}
