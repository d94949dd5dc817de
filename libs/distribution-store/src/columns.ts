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
