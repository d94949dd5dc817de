import { expect } from '@jest/globals';
import { appendFileSync } from 'node:fs';
import type { TotalQueue } from './total-queue.js';

/** What a fault may leave behind. */
export interface Bounds {
  /** Messages beyond the first of their row; 0 unless told. */
  readonly duplicates?: number;
  /** Messages that say that they may be duplicates; as many as duplicates unless told. */
  readonly marked?: number;
  /** Rows that may not be delivered, because they can't be; none unless told. */
  readonly open?: readonly string[];
}

/** The end of each case: nothing lost, nothing invented, all delivered, repeats few and marked. */
export function checkTotalQueue(found: TotalQueue, bounds: Bounds = {}): void {
  const { duplicates = 0, marked = duplicates, open = [] } = bounds;
  report(found, duplicates);
  expect(found).toMatchObject({ lost: [], unexpected: [], open, unmarked: [] });
  expect(found.duplicates).toBeLessThanOrEqual(duplicates);
  expect(found.marked).toBeLessThanOrEqual(marked);
}

/** One line a case, for the table of docs/guarantees.md. */
function report({ rows, messages, lost, duplicates, marked }: TotalQueue, bound: number): void {
  const file = process.env['COMMS_FAULTS_REPORT'];
  if (file === undefined) return;
  const test = expect.getState().currentTestName;
  appendFileSync(
    file,
    JSON.stringify({ test, rows, messages, lost: lost.length, duplicates, bound, marked }) + '\n',
  );
}
