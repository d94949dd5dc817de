/** Tells the loader that a check has read a field with a fault of its own; it never leaves this library. */
export class FaultyFieldError extends Error {
  override readonly name = 'FaultyFieldError';
}
