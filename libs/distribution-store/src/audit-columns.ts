import { escapeLiteral } from 'pg';

/** What every write sets, as SQL: when, which app, and the database user that it has logged in with. */
export function auditColumns(process: string): string {
  return `audit_time_stamp = statement_timestamp(), audit_process = ${escapeLiteral(process)},
      audit_user = left(current_user, 50)`;
}
