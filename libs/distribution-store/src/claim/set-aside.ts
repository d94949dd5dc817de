import { isPut, type FailedVerdict, MOST_SET_ASIDE, type Verdict } from '@comms/delivery';
import type { OutboundMethod } from '@comms/distribution';
import { escapeLiteral } from 'pg';

export interface SetAsideScope {
  /** The table of rows that are set aside, quoted and with its schema. */
  readonly setAsideTable: string;
  readonly method: OutboundMethod;
  /** The app that writes. */
  readonly process: string;
}

/** What a claim must know of rows that are set aside. */
export interface SetAsideReading {
  /** Rows that were set aside in the last minutes: the claim's own statement may have begun before that. */
  readonly recent: readonly string[];
  /** Whether so many rows are set aside that nothing more may be claimed. */
  readonly full: boolean;
}

/**
 * The SQL of a {@link SetAsideReading}, to be run after the statement of the claim: what it reads is then younger than the
 * claim's locks. It returns no row where nothing is recent and the table is not full.
 */
export function selectSetAside({
  setAsideTable,
  method,
}: Pick<SetAsideScope, 'setAsideTable' | 'method'>): string {
  const ours = `FROM ${setAsideTable} WHERE delivery_method = '${method}'`;
  return `SELECT * FROM (SELECT ARRAY(SELECT comms_request_target_distribution_id::text ${ours}
      AND set_aside_date_time > now() - interval '15 minutes') AS recent,
    EXISTS (SELECT ${ours} OFFSET ${MOST_SET_ASIDE - 1}) AS "full") AS read
    WHERE "full" OR cardinality(recent) > 0`;
}

/** A row that is to be set aside. */
export interface Refused {
  /** The verdict that was refused. */
  readonly verdict: Verdict;
  /** What was to be written in its place, and was refused too. */
  readonly failure: FailedVerdict;
}

/** The SQL that sets rows aside: one statement without parameters, so that it can be sent together with the commit. */
export function insertSetAside(
  { setAsideTable, method, process }: SetAsideScope,
  rows: readonly Refused[],
): string {
  const values = rows.map(({ verdict, failure: { distributionId, code, text } }) => {
    const [shortCode, shortText] = [literal(code, 50), literal(text, 500)];
    return `(${BigInt(distributionId)}, ${isPut(verdict)}, ${shortCode}, ${shortText})`;
  });
  return `INSERT INTO ${setAsideTable} (comms_request_target_distribution_id, delivery_method, message_put, error_code,
      error_text, set_aside_date_time, audit_time_stamp, audit_process, audit_user)
    SELECT id, '${method}', put, code, text, statement_timestamp(), statement_timestamp(), ${escapeLiteral(process)},
      left(current_user, 50)
    FROM (VALUES ${values.join(', ')}) AS refused (id, put, code, text)
    ON CONFLICT DO NOTHING`;
}

/** PostgreSQL refuses NUL in any text. */
function literal(text: string, most: number): string {
  return escapeLiteral(text.replaceAll('\0', '').slice(0, most));
}
