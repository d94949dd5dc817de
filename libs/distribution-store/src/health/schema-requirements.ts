import {
  AUDIT_COLUMNS,
  CLAIMED_COLUMNS,
  CONDITION_COLUMNS,
  COPIED_COLUMNS,
  DISTRIBUTION_ID,
  TARGET_ID,
} from '../columns.js';
import { CommsPutAnnouncement } from '../entities/comms-put-announcement.entity.js';
import { CommsRequestTarget } from '../entities/comms-request-target.entity.js';
import { CommsRequestTargetDistribution } from '../entities/comms-request-target-distribution.entity.js';
import { CommsSetAside } from '../entities/comms-set-aside.entity.js';

/** What must be possible with the columns of one table, by their names in the database. */
export interface TableRequirement {
  readonly entity: new () => object;
  readonly read: readonly string[];
  readonly update: readonly string[];
  readonly insert?: readonly string[];
  /** The columns by which rows are deleted. */
  readonly delete?: readonly string[];
}

/** What the delivery daemons do. */
export const DELIVERY_REQUIREMENTS: readonly TableRequirement[] = [
  {
    entity: CommsRequestTargetDistribution,
    read: [...CLAIMED_COLUMNS, ...CONDITION_COLUMNS, 'created_date_time', 'distribution_reference'],
    update: [
      'distribution_status',
      'sent_date_time',
      'published_date_time',
      'sending',
      'retry_date_time',
      'retry_count',
      'error_code',
      'error_text',
      'distribution_reference',
      ...AUDIT_COLUMNS,
    ],
  },
  {
    entity: CommsPutAnnouncement,
    read: ['comms_put_announcement_id', 'delivery_method', 'distribution_ids'],
    update: ['distribution_ids'],
    insert: ['delivery_method', 'distribution_ids', 'audit_time_stamp', 'audit_process'],
    delete: ['comms_put_announcement_id'],
  },
  {
    entity: CommsSetAside,
    read: [DISTRIBUTION_ID, 'delivery_method', 'set_aside_date_time'],
    update: [],
    insert: [
      DISTRIBUTION_ID,
      'delivery_method',
      'message_put',
      'error_code',
      'error_text',
      'set_aside_date_time',
      ...AUDIT_COLUMNS,
    ],
  },
];

/** What comms-monitor does. */
export const MONITOR_REQUIREMENTS: readonly TableRequirement[] = [
  {
    entity: CommsRequestTarget,
    read: [TARGET_ID, ...COPIED_COLUMNS, 'merge_date_time', 'distribution_entry_date_time'],
    update: ['distribution_entry_date_time'],
  },
  {
    entity: CommsRequestTargetDistribution,
    read: [
      DISTRIBUTION_ID,
      TARGET_ID,
      'delivery_method',
      'priority',
      'time_exclusion',
      ...CONDITION_COLUMNS,
      'created_date_time',
      'retry_date_time',
    ],
    update: [
      'distribution_status',
      'published_date_time',
      'retry_date_time',
      'lapsed_date_time',
      'error_code',
      'error_text',
      ...AUDIT_COLUMNS,
    ],
    insert: [
      TARGET_ID,
      ...COPIED_COLUMNS,
      'distribution_status',
      'published_date_time',
      'created_date_time',
      ...AUDIT_COLUMNS,
    ],
  },
  { entity: CommsSetAside, read: [DISTRIBUTION_ID, 'delivery_method'], update: [] },
];
