/**
 * The sending that a row at `D` is waiting for, as SQL over its columns. It depends only on what was recorded of
 * earlier sendings. No try and no fault changes that, so each repeat has the same. It is
 * - `0` for a row that was never sent,
 * - else the time of the last sending in microseconds, as in release 0.1.0, so that old and new daemons agree,
 * - but always more than the last sending itself, whatever became of the times: these may be emptied, an
 *   acknowledgement may set them, and a clock may go back. Times of year 5000 and later count as none.
 */
export const SENDING_OF_ROW = `
  CASE WHEN coalesce(sent_date_time, published_date_time) IS NULL AND sending IS NULL THEN '0'
  ELSE greatest(
    CASE WHEN sending ~ '^[0-9]{1,18}$' THEN sending::numeric + 1 END,
    CASE WHEN greatest(sent_date_time, published_date_time) < '5000-01-01'
      THEN trunc(extract(epoch FROM greatest(sent_date_time, published_date_time)) * 1000000) END,
    1
  )::text END`;
