/**
 * Programs that insert rows: how many sessions at once, and how many rows per statement. Each statement is a
 * transaction.
 */
export interface Writers {
  readonly title: string;
  readonly sessions: number;
  readonly rows: number;
}

export const WRITERS = {
  oneSession: { title: 'single rows, 1 session', sessions: 1, rows: 1 },
  eightSessions: { title: 'single rows, 8 sessions at once', sessions: 8, rows: 1 },
  thousandRows: { title: '1,000 rows per statement, 1 session', sessions: 1, rows: 1_000 },
} as const satisfies Record<string, Writers>;

export type WriterName = keyof typeof WRITERS;

export const WRITER_NAMES = Object.keys(WRITERS) as WriterName[];
