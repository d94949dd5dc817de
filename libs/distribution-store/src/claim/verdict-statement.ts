import type { Verdict } from '@comms/delivery';
import { DISTRIBUTION_ID, setAuditColumns } from '../columns.js';
import { SENDING_OF_ROW } from './sending-of-row.js';

export interface RecordScope {
  /** The table, quoted and with its schema. */
  readonly table: string;
  /** The app that writes. */
  readonly process: string;
}

export interface Statement {
  readonly sql: string;
  readonly values: unknown[];
}

/** One statement for verdicts that all have one status. A row that is no longer at `D` is not changed. */
export function verdictStatement(
  { table, process }: RecordScope,
  verdicts: readonly [Verdict, ...Verdict[]],
): Statement {
  const { columns, assignments } = updateOf(verdicts);
  const names = ['id', ...columns.map(({ name }) => name)];
  const arrays = ['bigint', ...columns.map(({ type }) => type)].map((type, i) => `$${i + 1}::${type}[]`);
  const sql = `
    UPDATE ${table} AS row SET distribution_status = '${verdicts[0].status}', ${assignments},
      ${setAuditColumns(process)}
    FROM unnest(${arrays.join(', ')}) AS verdict (${names.join(', ')})
    WHERE row.comms_request_target_distribution_id = verdict.id AND row.distribution_status = 'D'`;
  return { sql, values: [idsOf(verdicts), ...columns.map(({ valueIn }) => verdicts.map(valueIn))] };
}

/**
 * Fails with an error of class 22 where a row of the verdicts is at `D`: a trigger or a rule can leave a row as it was,
 * or set it back, without an error. Its message would be put again without end.
 */
export function checkOfRecord({ table }: RecordScope, verdicts: readonly Verdict[]): string {
  return `
    SELECT ('The status of distribution ' || ${DISTRIBUTION_ID} || ' was written, and is D')::int FROM ${table}
    WHERE ${DISTRIBUTION_ID} = ANY ('${idsOf(verdicts)}'::bigint[]) AND distribution_status = 'D' LIMIT 1`;
}

/** An array as PostgreSQL writes it: the driver would quote and escape each number. */
function idsOf(verdicts: readonly Verdict[]): string {
  return `{${verdicts.map(({ distributionId }) => distributionId).join(',')}}`;
}

/** A message on a queue has no reference, so its row keeps what it has. */
function updateOf(verdicts: readonly [Verdict, ...Verdict[]]): StatusUpdate {
  const { columns, assignments } = UPDATES[verdicts[0].status];
  return verdicts.some((verdict) => 'reference' in verdict)
    ? { columns: [...columns, REFERENCE], assignments: `${assignments}, ${KEPT_OR_NEW_REFERENCE}` }
    : { columns, assignments };
}

/** What one status changes in a row. */
interface StatusUpdate {
  readonly columns: readonly VerdictColumn[];
  readonly assignments: string;
}

/** A column of the table of verdicts that the statement joins, with one value per verdict. */
interface VerdictColumn {
  readonly name: string;
  readonly type: string;
  readonly valueIn: (verdict: Verdict) => string | number | null;
}

const REFERENCE: VerdictColumn = {
  name: 'reference',
  type: 'text',
  valueIn: (verdict) => ('reference' in verdict ? verdict.reference : null),
};
const RETRY_IN_MS: VerdictColumn = {
  name: 'retry_in_ms',
  type: 'float8',
  valueIn: (verdict) => ('retryInMs' in verdict ? verdict.retryInMs : null),
};
const ERROR_CODE: VerdictColumn = {
  name: 'code',
  type: 'text',
  valueIn: (verdict) => ('code' in verdict ? writable(verdict.code) : null),
};
const ERROR_TEXT: VerdictColumn = {
  name: 'text',
  type: 'text',
  valueIn: (verdict) => ('text' in verdict ? writable(verdict.text) : null),
};

/** PostgreSQL refuses NUL in any text, and one bad text would keep all the others from being written. */
function writable(text: string): string {
  return text.replaceAll('\0', '');
}

/** The row has been locked since the claim, so this is the sending of the message that was put. */
const SENDING = `sending = ${SENDING_OF_ROW}`;
const NO_ERROR = 'error_code = NULL, error_text = NULL, retry_date_time = NULL';
const ERROR = 'error_code = left(verdict.code, 50), error_text = left(verdict.text, 500)';
const KEPT_OR_NEW_REFERENCE =
  'distribution_reference = coalesce(left(verdict.reference, 100), row.distribution_reference)';
const ONE_MORE_TRY = 'retry_count = least(row.retry_count, 32766) + 1';

/**
 * Times are the statement's own: the transaction began before the messages were put. A delivered row shows no error of
 * an earlier try; its retry count stays.
 */
const UPDATES: Record<Verdict['status'], StatusUpdate> = {
  S: { columns: [], assignments: `sent_date_time = statement_timestamp(), ${SENDING}, ${NO_ERROR}` },
  P: { columns: [], assignments: `published_date_time = statement_timestamp(), ${SENDING}, ${NO_ERROR}` },
  R: {
    columns: [RETRY_IN_MS, ERROR_CODE, ERROR_TEXT],
    assignments: `retry_date_time = statement_timestamp() + verdict.retry_in_ms * interval '1 millisecond',
      ${ERROR}, ${ONE_MORE_TRY}`,
  },
  E: { columns: [ERROR_CODE, ERROR_TEXT], assignments: `retry_date_time = NULL, ${ERROR}, ${ONE_MORE_TRY}` },
};
