/** Why something could not be measured. */
export class BenchError extends Error {
  override readonly name = 'BenchError';

  constructor(
    /** Stable: `PROCESS_ENDED`, `WRONG_RESULT`, `NOT_MIGRATED` or `NOT_AVAILABLE`. */
    readonly code: 'PROCESS_ENDED' | 'WRONG_RESULT' | 'NOT_MIGRATED' | 'NOT_AVAILABLE',
    message: string,
  ) {
    super(message);
  }
}
