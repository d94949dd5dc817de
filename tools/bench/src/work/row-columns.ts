/** What all subjects are given: the parts of a row, as expressions over the number `i`, a message of `bytes` bytes. */
export function rowColumns(bytes: number) {
  return {
    comms_request_id: '1000000 + i',
    comms_code: `'BENCH'`,
    target: `'handset-token-' || lpad(i::text, 10, '0')`,
    alias_value: `'Operator'`,
    priority: '2',
    message: `rpad('Dear customer ' || i || ', ', ${bytes}, ${TEXT})`,
  };
}

const TEXT = `'your bill for this month is ready. It is due at the end of the month, and will be taken from your account by then. '`;
