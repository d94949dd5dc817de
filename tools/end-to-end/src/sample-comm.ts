import type { Columns } from './insert-rows.js';
import { sampleText } from './sample-texts.js';

export type DeliveryMethod = 'PUSH' | 'SMS' | 'EXTERNAL' | 'ONLINE' | 'EMAIL' | 'LETTER';

/** Beyond what a double can tell apart. */
const FIRST_REQUEST_ID = 2n ** 53n + 1n;

/** What both tables hold of one comm; what may be missing is missing now and then. */
export function sampleComm(number: number, method: DeliveryMethod): Columns {
  return {
    comms_request_id: String(FIRST_REQUEST_ID + BigInt(number)),
    comms_code: number % 5 === 4 ? null : `CODE:${number % 7}`,
    delivery_method: method,
    target: number % 7 === 6 ? null : `target of ${method} ${number}`,
    alias_value: number % 3 === 2 ? null : `Åliäs ${number % 4}`,
    priority: (number % 3) + 1,
    message: sampleText(number),
  };
}

/** Such comms as merged targets. */
export function sampleTargets(count: number, method: DeliveryMethod): Columns[] {
  const merge_date_time = new Date().toISOString();
  return numbers(count).map((number) => ({ ...sampleComm(number, method), merge_date_time }));
}

/** Such comms as distribution rows that upstream has written itself. */
export function sampleRows(count: number, method: DeliveryMethod, more: Columns = {}): Columns[] {
  return numbers(count).map((number) => ({
    ...sampleComm(number, method),
    distribution_status: 'D',
    ...more,
  }));
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}
