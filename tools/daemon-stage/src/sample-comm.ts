import type { Columns } from './rows.js';

export type DeliveryMethod = 'PUSH' | 'SMS' | 'EXTERNAL' | 'ONLINE' | 'EMAIL' | 'LETTER';

/** Beyond the whole numbers that a double holds exactly. */
const FIRST_REQUEST_ID = 2n ** 53n + 1n;

/** What both tables hold of one comm. Optional values are missing now and then. */
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

/** Texts that have broken other senders before; each begins with words that can be searched for. */
const SHAPES: readonly ((greeting: string) => string)[] = [
  (greeting) => `${greeting}, your bill is ready.`,
  (greeting) => `${greeting}: 👩‍👩‍👧‍👦 🇬🇧 e\u0301 \u{1F600} ﷽`,
  (greeting) => `${greeting}: عزيزي العميل، فاتورتك جاهزة. \u202Eabc\u202C שלום`,
  (greeting) => `${greeting}\u2028new line\u2029new paragraph\u0085next\uFEFFmark`,
  (greeting) => `${greeting} "quoted" 'single' \\ back\\nslash \t tab \r\n break \u0001 \u007F end`,
  (greeting) => JSON.stringify({ greeting, commsDistributionId: '1', nested: [{ message: '"\\u0041' }] }),
  (greeting) => `<comm note="${greeting}"><![CDATA[&amp; ]]>&lt;b/></comm>`,
  (greeting) => `${greeting}\n\nSEND\ndestination:/queue/other\nheader\\cvalue:1\n\n`,
];

/** A different merged text for each number; the shapes take turns. */
function sampleText(number: number): string {
  const shape = SHAPES[number % SHAPES.length] ?? String;
  return shape(`Dear customer ${number}`);
}

/** A text of this many bytes. */
export function longText(bytes: number): string {
  const head = `Dear customer, ${bytes} bytes follow: `;
  return head + 'm'.repeat(bytes - head.length);
}
