/** Texts that have broken senders before; each begins in a way that can be searched for. */
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

/** A merged text of its own for each number, its shape in turn. */
export function sampleText(number: number): string {
  const shape = SHAPES[number % SHAPES.length] ?? String;
  return shape(`Dear customer ${number}`);
}

/** A text of so many bytes. */
export function longText(bytes: number): string {
  const head = `Dear customer, ${bytes} bytes follow: `;
  return head + 'm'.repeat(bytes - head.length);
}
