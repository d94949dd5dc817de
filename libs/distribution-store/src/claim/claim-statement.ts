import type { OutboundMethod, TimeExclusionMode } from '@comms/distribution';
import { CLAIMED_COLUMNS, DISTRIBUTION_ID } from '../columns.js';
import { isNotSetAside, mayBeDistributedNow } from '../row-conditions.js';
import { SENDING_OF_ROW } from './sending-of-row.js';

export interface ClaimScope {
  /** The table, quoted and with its schema. */
  readonly table: string;
  readonly method: OutboundMethod;
  readonly mode: TimeExclusionMode;
  /** The table of rows that are set aside, quoted and with its schema. */
  readonly setAsideTable: string;
  /** Bytes of message text after which a batch is cut short. */
  readonly maxBytes: number;
  /** A text of more bytes than this is not read. */
  readonly maxMessageBytes: number;
}

/**
 * Locks up to `limit` rows and reads them as distributions. Status and method are literals, because the planner uses the
 * partial index only for literals. The row that reaches `maxBytes` of text is the last of its batch. Rows that are locked
 * beyond that are not read, and are free again when the claim ends. A text that is too long is measured where it is
 * stored, and never fetched.
 *
 * Rows that are set aside are hashed once per claim; `NOT EXISTS` would look each row up.
 */
export function claimStatement(scope: ClaimScope, limit: number): string {
  const { table, setAsideTable, method, mode, maxBytes, maxMessageBytes } = scope;
  const fits = `octet_length(message) <= ${maxMessageBytes}`;
  return `
    WITH locked AS MATERIALIZED (
      SELECT ${CLAIMED_COLUMNS.join(', ')} FROM ${table}
      WHERE delivery_method = '${method}' AND distribution_status = 'D' AND lapsed_date_time IS NULL
        AND ${mayBeDistributedNow(mode)}
        AND ${isNotSetAside(setAsideTable, `delivery_method = '${method}'`)}
      ORDER BY ${ORDER}
      LIMIT ${limit}
      FOR UPDATE SKIP LOCKED
    )
    SELECT ${distributionOf(mode)},
      CASE WHEN ${fits} THEN message END AS message, NOT coalesce(${fits}, true) AS "messageTooLong"
    FROM (
      SELECT *, coalesce(sum(octet_length(message)) FILTER (WHERE ${fits}) OVER earlier, 0) AS bytes_before FROM locked
      WINDOW earlier AS (ORDER BY ${ORDER}
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ) AS counted
    WHERE bytes_before < ${maxBytes}
    ORDER BY ${ORDER}`;
}

/** Highest priority first, then oldest: the order of the partial index. */
const ORDER = `priority, ${DISTRIBUTION_ID}`;

const distributionOf = (mode: TimeExclusionMode) => `
  ${DISTRIBUTION_ID} AS "distributionId",
  comms_request_id AS "commsRequestId",
  comms_code AS "commsCode",
  delivery_method AS "deliveryMethod",
  priority,
  target,
  alias_value AS alias,
  retry_count AS "retryCount",
  ${mode === 'send-before' ? TIME_EXCLUSION : 'NULL'} AS "timeExclusion",
  ${SENDING_OF_ROW} AS sending`;

/** Infinite times count as none, and so do years of more than four digits: ISO 8601 has no common form for them. */
const TIME_EXCLUSION = `CASE WHEN time_exclusion < '10000-01-01 00:00:00Z'
    THEN to_char(time_exclusion AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END`;
