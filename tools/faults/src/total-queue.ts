import { isDeepStrictEqual } from 'node:util';
import { appendFileSync } from 'node:fs';
import { type DistributionRow, expectedMessage, type MessageContent } from '@comms/daemon-stage';
import { expect } from '@jest/globals';

/** The rows and messages after a fault, compared one by one, as Jepsen's total-queue does. */
export interface TotalQueue {
  readonly rows: number;
  readonly messages: number;
  /** Rows that count as delivered, or as put, without a message. */
  readonly lost: readonly string[];
  /** Messages without a delivered row, or with another content than their row. */
  readonly unexpected: readonly string[];
  /** Rows that are not delivered. */
  readonly open: readonly string[];
  /** Messages beyond the first of their row. */
  readonly duplicates: number;
  /** Rows with more than one message without the duplicate flag. A repeat may overtake the first message. */
  readonly unmarked: readonly string[];
  /** Messages with the duplicate flag, whether they are duplicates or not. */
  readonly marked: number;
}

/**
 * A row counts as delivered also where its message was put but could not be recorded, or where it is set aside for
 * that.
 *
 * @param messages in the order in which they came from the queue
 * @param putAndSetAside the ids of rows that are set aside after their message was put
 */
export function totalQueue(
  rows: readonly DistributionRow[],
  messages: readonly MessageContent[],
  putAndSetAside: ReadonlySet<string> = new Set(),
): TotalQueue {
  const isDelivered = (row: DistributionRow) => isRecorded(row) || putAndSetAside.has(idOf(row));
  const delivered = new Map(rows.filter(isDelivered).map((row) => [idOf(row), row]));
  const ids = messages.map(({ properties }) => properties['commsDistributionId'] ?? '');
  const arrived = new Set(ids);
  const firsts = ids.filter((_, i) => !isMarked(messages[i]));
  return {
    rows: rows.length,
    messages: messages.length,
    lost: [...delivered.keys()].filter((id) => !arrived.has(id)),
    unexpected: messages.flatMap((message, i) =>
      isOf(message, delivered.get(ids[i] ?? '')) ? [] : (ids[i] ?? ''),
    ),
    open: rows.filter((row) => !isDelivered(row)).map(idOf),
    duplicates: ids.length - arrived.size,
    unmarked: firsts.filter((id, i) => firsts.indexOf(id) < i),
    marked: messages.filter(isMarked).length,
  };
}

const MARK = 'commsPossibleDuplicate';

function idOf(row: DistributionRow): string {
  return row.comms_request_target_distribution_id;
}

function isRecorded({ distribution_status: status, error_code: code }: DistributionRow): boolean {
  return status === 'S' || status === 'P' || (status === 'E' && code === 'MESSAGE_PUT_NOT_RECORDED');
}

function isMarked(message: MessageContent | undefined): boolean {
  return message?.properties[MARK] === 'true';
}

function isOf({ properties, ...message }: MessageContent, row: DistributionRow | undefined): boolean {
  if (row === undefined) return false;
  const lasting = Object.entries(properties).filter(([name]) => name !== MARK);
  return isDeepStrictEqual({ ...message, properties: Object.fromEntries(lasting) }, expectedMessage(row));
}

/** What a fault may leave behind. */
interface Bounds {
  /** Messages beyond the first of their row; 0 by default. */
  readonly duplicates?: number;
  /** Messages with the duplicate flag; as many as duplicates by default. */
  readonly marked?: number;
  /** Rows that can't be delivered; none by default. */
  readonly open?: readonly string[];
}

/** The end of each case: nothing is lost or invented, all is delivered, repeats are few and flagged. */
export function checkTotalQueue(found: TotalQueue, bounds: Bounds = {}): void {
  const { duplicates = 0, marked = duplicates, open = [] } = bounds;
  report(found, duplicates);
  expect(found).toMatchObject({ lost: [], unexpected: [], open, unmarked: [] });
  expect(found.duplicates).toBeLessThanOrEqual(duplicates);
  expect(found.marked).toBeLessThanOrEqual(marked);
}

/** One line per case, for the table of docs/guarantees.md. */
function report({ rows, messages, lost, duplicates, marked }: TotalQueue, bound: number): void {
  const file = process.env['COMMS_FAULTS_REPORT'];
  if (file === undefined) return;
  const test = expect.getState().currentTestName;
  appendFileSync(
    file,
    JSON.stringify({ test, rows, messages, lost: lost.length, duplicates, bound, marked }) + '\n',
  );
}
