import type { TimeExclusionMode } from '@comms/distribution';
import { escapeIdentifier } from 'pg';

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
  readonly targetTable: string;
  readonly distributionTable: string;
  readonly announcementTable: string;
  readonly setAsideTable: string;
}

export function tableNames(schema: string): TableNames {
  const inSchema = (table: string) => `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
  return {
    targetTable: inSchema('comms_request_target'),
    distributionTable: inSchema('comms_request_target_distribution'),
    announcementTable: inSchema('comms_put_announcement'),
    setAsideTable: inSchema('comms_set_aside'),
  };
}
