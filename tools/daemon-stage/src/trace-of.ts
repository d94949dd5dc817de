import type { DistributionRow } from './rows.js';

/** What the daemons have left on a row. */
interface Trace {
  readonly status: string;
  /** The time stamps that are set. */
  readonly dated: readonly string[];
  readonly retryCount: number;
  readonly errorCode: string | null;
  readonly errorText: string | null;
  readonly reference: string | null;
  readonly process: string | null;
  /** The database user, without what makes it the suite's own. */
  readonly user: string | null;
}

export function traceOf(row: DistributionRow): Trace {
  return {
    status: row.distribution_status,
    dated: STAMPS.filter((stamp) => row[stamp] !== null),
    retryCount: row.retry_count,
    errorCode: row.error_code,
    errorText: row.error_text,
    reference: row.distribution_reference,
    process: row.audit_process,
    user: row.audit_user?.replace(/_[\da-f]{8}$/, '') ?? null,
  };
}

/** The different traces of rows that should all have the same. */
export function tracesOf(rows: readonly DistributionRow[]): Trace[] {
  return [...new Map(rows.map(traceOf).map((trace) => [JSON.stringify(trace), trace])).values()];
}

/** The trace of a row that an app has delivered without any trouble. */
export function deliveredTrace(status: 'S' | 'P', process: string): Trace {
  return {
    status,
    dated: [status === 'S' ? 'sent_date_time' : 'published_date_time'],
    retryCount: 0,
    errorCode: null,
    errorText: null,
    reference: null,
    process,
    user: process.replaceAll('-', '_'),
  };
}

const STAMPS = [
  'sent_date_time',
  'published_date_time',
  'retry_date_time',
  'read_date_time',
  'lapsed_date_time',
] as const;
