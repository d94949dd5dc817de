/**
 * What all subjects are given: the parts of a row, as expressions over the number `i`, a message and a target of so many
 * bytes.
 */
export function rowColumns(messageBytes: number, targetBytes = 24) {
  return {
    comms_request_id: '1000000 + i',
    comms_code: `'BENCH'`,
    target: `rpad('handset-token-' || lpad(i::text, 10, '0'), ${targetBytes}, 'x')`,
    alias_value: `'Operator'`,
    priority: '2',
    message: `rpad('Dear customer ' || i || ', ', ${messageBytes}, ${TEXT})`,
  };
}

const TEXT = `'your bill for this month is ready. It is due at the end of the month, and will be taken from your account by then. '`;
