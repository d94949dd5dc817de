import type { OutboundMethod, TimeExclusionMode } from '@comms/distribution';
import { CLAIMED, DISTRIBUTION_ID } from '../tables.js';
import { isNotSetAside, mayBeDistributedNow } from '../row-conditions.js';
import { SENDING_OF_ROW } from './sending-of-row.js';

export interface ClaimScope {
  /** The table, quoted and with its schema. */
  readonly table: string;
  readonly method: OutboundMethod;
  readonly mode: TimeExclusionMode;
  /** The table of rows that are set aside, likewise. */
  readonly setAside: string;
  /** Bytes of message text after which a batch is cut short. */
  readonly maxBytes: number;
  /** A text of more bytes than this is not read. */
  readonly maxMessageBytes: number;
}

/**
 * Locks up to `limit` rows and reads them as distributions. Status and method are literals, so that no plan can lose
 * the partial index. A batch holds no more than `maxBytes` of text, but always a row: what is locked beyond that is not
 * read, and free again when the claim ends. A text that is too long is measured where it is stored, and never fetched.
 *
 * Rows that are set aside are hashed once a claim; `NOT EXISTS` would look each row up.
 */
export function claimStatement(scope: ClaimScope, limit: number): string {
  const { table, setAside, method, mode, maxBytes, maxMessageBytes } = scope;
  const fits = `octet_length(message) <= ${maxMessageBytes}`;
  return `
    WITH locked AS MATERIALIZED (
      SELECT ${CLAIMED.join(', ')} FROM ${table}
      WHERE delivery_method = '${method}' AND distribution_status = 'D' AND lapsed_date_time IS NULL
        AND ${mayBeDistributedNow(mode)}
        AND ${isNotSetAside(setAside, `delivery_method = '${method}'`)}
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

/** Highest priority first, then oldest; as in the index of the claim. */
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

/** Infinite times are none, and neither is a year of more than four digits, which ISO 8601 has no common form for. */
const TIME_EXCLUSION = `CASE WHEN time_exclusion < '10000-01-01 00:00:00Z'
    THEN to_char(time_exclusion AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END`;
