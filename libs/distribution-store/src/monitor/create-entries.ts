import { escapeLiteral } from 'pg';
import { DELIVERY_METHODS } from '@comms/distribution';
import { COPIED, TARGET_ID } from '../tables.js';
import { except, isOfMethod } from '../row-conditions.js';
import type { MonitorScope, MonitorStatements } from './monitor-statements.js';

/**
 * Makes the distribution entries of merged targets that have none, and marks each target whose entry is there: made by
 * this statement, or found. A target whose entry could not be made, because another session is writing it at this moment, stays
 * unmarked and is looked at again.
 */
export function createEntries({ tables, process }: MonitorScope): MonitorStatements {
  const { target, distribution } = tables;
  const existing = `SELECT FROM ${distribution} AS entry
        WHERE entry.${TARGET_ID} = due.${TARGET_ID}`;
  return {
    pending: `(SELECT true FROM ${target} WHERE ${DUE} ORDER BY ${ORDER} LIMIT 1) IS NOT NULL`,
    first: (passedOver) => `
      SELECT ${TARGET_ID} AS id FROM ${target} WHERE ${DUE} ${except(TARGET_ID, passedOver)}
      ORDER BY ${ORDER} LIMIT 1 FOR UPDATE SKIP LOCKED`,
    perform: (limit, passedOver = []) => `
      WITH due AS MATERIALIZED (
        SELECT ${TARGET_ID}, ${COPIES} FROM ${target} WHERE ${DUE} ${except(TARGET_ID, passedOver)}
        ORDER BY ${ORDER} LIMIT ${limit} FOR UPDATE SKIP LOCKED
      ), found AS MATERIALIZED (
        SELECT due.${TARGET_ID} FROM due WHERE EXISTS (${existing})
      ), made AS (
        INSERT INTO ${distribution} (${TARGET_ID}, ${COPIES},
          distribution_status, published_date_time, created_date_time, audit_time_stamp, audit_process, audit_user)
        SELECT ${TARGET_ID}, ${COPIES},
          CASE delivery_method WHEN 'ONLINE' THEN 'P' ELSE 'D' END,
          CASE delivery_method WHEN 'ONLINE' THEN now() END,
          now(), now(), ${escapeLiteral(process)}, left(current_user, 50)
        FROM due WHERE NOT EXISTS (${existing})
        ON CONFLICT DO NOTHING
        RETURNING ${TARGET_ID}
      )
      UPDATE ${target} AS row SET distribution_entry_date_time = now()
      FROM (SELECT * FROM found UNION ALL SELECT * FROM made) AS entered
      WHERE row.${TARGET_ID} = entered.${TARGET_ID}`,
  };
}

const DUE = `merge_date_time IS NOT NULL AND distribution_entry_date_time IS NULL
        AND ${isOfMethod(DELIVERY_METHODS)}`;

const ORDER = `priority, ${TARGET_ID}`;

const COPIES = COPIED.join(', ');
