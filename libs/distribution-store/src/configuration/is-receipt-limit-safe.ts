/**
 * Whether a batch surely ends before the database takes its rows back: what the broker (or disk) may take for a batch
 * must be shorter than the session may be idle in a transaction. Both in milliseconds.
 */
export function isReceiptLimitSafe(receiptLimit: number, idleInTransactionTimeout: number): boolean {
  return receiptLimit < idleInTransactionTimeout;
}
