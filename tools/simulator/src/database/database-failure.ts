/** What a session of the simulated database fails with; the real store has the same codes. */
export class DatabaseFailure extends Error {
  override readonly name = 'DatabaseFailure';
  readonly retryable = true;

  constructor(
    readonly code:
      | 'STORE_UNREACHABLE'
      | 'STORE_CONNECTION_LOST'
      | 'STORE_READ_ONLY'
      | 'STORE_OUT_OF_RESOURCES'
      | 'STORE_DATA_REFUSED'
      | 'STORE_CLAIM_ENDED',
  ) {
    super(code);
  }
}
