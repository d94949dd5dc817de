/** A test server that could not be found, installed or started. */
export class TestServerError extends Error {
  override readonly name = 'TestServerError';

  constructor(
    readonly code: 'SERVER_DID_NOT_START' | 'NO_SOURCE' | 'NOT_ALL_READ' | 'REQUIRED',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Reports on standard error what takes long, or what is missing in this run. */
export function progress(line: string): void {
  process.stderr.write(`test servers: ${line}\n`);
}
