import { escapeLiteral } from 'pg';
import { except } from './except.js';
import type { MonitorScope, MonitorStatements } from './monitor-statements.js';

/**
 * Makes the distribution entries of merged targets that have none, and marks each target whose entry is there: made by
 * this statement, or found. A target whose entry could not be made, because somebody is writing it at this moment, stays
 * unmarked and is looked at again.
 */
export function createEntries({ tables, process }: MonitorScope): MonitorStatements {
  const { target, distribution } = tables;
  const existing = `SELECT FROM ${distribution} AS entry
        WHERE entry.comms_request_target_id = due.comms_request_target_id`;
  return {
    pending: `(SELECT true FROM ${target} WHERE ${DUE} ORDER BY ${ORDER} LIMIT 1) IS NOT NULL`,
    first: (passedOver) => `
      SELECT comms_request_target_id AS id FROM ${target} WHERE ${DUE} ${except('comms_request_target_id', passedOver)}
      ORDER BY ${ORDER} LIMIT 1 FOR UPDATE SKIP LOCKED`,
    perform: (limit, passedOver = []) => `
      WITH due AS MATERIALIZED (
        SELECT comms_request_target_id, ${COPIED} FROM ${target} WHERE ${DUE} ${except('comms_request_target_id', passedOver)}
        ORDER BY ${ORDER} LIMIT ${limit} FOR UPDATE SKIP LOCKED
      ), found AS MATERIALIZED (
        SELECT due.comms_request_target_id FROM due WHERE EXISTS (${existing})
      ), made AS (
        INSERT INTO ${distribution} (comms_request_target_id, ${COPIED},
          distribution_status, published_date_time, created_date_time, audit_time_stamp, audit_process, audit_user)
        SELECT comms_request_target_id, ${COPIED},
          CASE delivery_method WHEN 'ONLINE' THEN 'P' ELSE 'D' END,
          CASE delivery_method WHEN 'ONLINE' THEN now() END,
          now(), now(), ${escapeLiteral(process)}, left(current_user, 50)
        FROM due WHERE NOT EXISTS (${existing})
        ON CONFLICT DO NOTHING
        RETURNING comms_request_target_id
      )
      UPDATE ${target} AS row SET distribution_entry_date_time = now()
      FROM (SELECT * FROM found UNION ALL SELECT * FROM made) AS entered
      WHERE row.comms_request_target_id = entered.comms_request_target_id`,
  };
}

const DUE = `merge_date_time IS NOT NULL AND distribution_entry_date_time IS NULL
        AND delivery_method IN ('PUSH','SMS','EXTERNAL','ONLINE')`;

const ORDER = 'priority, comms_request_target_id';

const COPIED =
  'comms_request_id, comms_code, delivery_method, target, alias_value, priority, message, time_exclusion';
