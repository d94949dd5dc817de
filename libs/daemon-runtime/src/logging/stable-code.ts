/** The `code` of an error, where it has one that is fit for a log line or a label; of a system error its errno. */
export function stableCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && CODE.test(error.code) ? error.code : undefined;
}

/** The stable code of whatever was thrown, or else the name of its class. */
export function errorCode(error: unknown): string {
  return stableCode(error) ?? (error instanceof Error ? error.constructor.name : typeof error);
}

const CODE = /^\w{1,50}$/;
