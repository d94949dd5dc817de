import { rowColumns } from './row-columns.js';

/** A statement that puts as many merged targets of push messages in as its one parameter says. */
export function insertTargets(messageBytes: number, targetBytes: number): string {
  const columns = Object.entries(rowColumns(messageBytes, targetBytes));
  return `INSERT INTO comms_request_target
      (delivery_method, merge_date_time, ${columns.map(([name]) => name).join(', ')})
    SELECT 'PUSH', now(), ${columns.map(([, value]) => value).join(', ')}
    FROM generate_series(1, $1::int) AS i`;
}
