import { rowColumns } from './row-columns.js';

/** A statement that puts as many rows at `D` into the distribution table as its one parameter says. */
export function insertWaiting(method: 'PUSH' | 'SMS', messageBytes: number, targetBytes?: number): string {
  const columns = Object.entries(rowColumns(messageBytes, targetBytes));
  return `INSERT INTO comms_request_target_distribution
      (delivery_method, distribution_status, ${columns.map(([name]) => name).join(', ')})
    SELECT '${method}', 'D', ${columns.map(([, value]) => value).join(', ')}
    FROM generate_series(1, $1::int) AS i`;
}
