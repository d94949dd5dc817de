/** Why the demo can't go on; the message is a sentence for its user. */
export class DemoError extends Error {
  override readonly name = 'DemoError';

  constructor(
    readonly code:
      | 'DAEMON_ENDED'
      | 'NOT_READY'
      | 'NOT_MIGRATED'
      | 'DATABASE'
      | 'DATABASE_IN_USE'
      | 'NOT_THROUGH'
      | 'BROKER',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
