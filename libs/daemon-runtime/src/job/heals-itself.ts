/** Whether a later try can do without a person's help: an error says so by `retryable`, a system error by its nature. */
export function healsItself(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return 'retryable' in error ? error.retryable === true : 'syscall' in error;
}
