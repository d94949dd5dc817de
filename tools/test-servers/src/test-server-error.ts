/** A test server that could not be found, installed or started. */
export class TestServerError extends Error {
  override readonly name = 'TestServerError';

  constructor(
    readonly code: 'SERVER_DID_NOT_START' | 'NO_SOURCE' | 'COMMAND_FAILED' | 'NOT_ALL_READ' | 'REQUIRED',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
