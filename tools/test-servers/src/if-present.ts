import { progress, TestServerError } from './reports.js';

/** What a machine may lack: the tests that need it are skipped there. */
const OPTIONAL_PARTS = ['pgbouncer', 'chromium', 'java', 'python', 'go', 'fuse', 'engine'] as const;

export type OptionalPart = (typeof OPTIONAL_PARTS)[number];

/**
 * What `find` returns, or null, and one line on standard error, where it fails. Where `COMMS_TEST_REQUIRE` (a comma
 * list of parts) names the part, its absence is a failure: a `TestServerError` with the code `REQUIRED`.
 */
export async function ifPresent<T>(part: OptionalPart, find: () => Promise<T>): Promise<T | null> {
  const required = requiredParts().includes(part);
  try {
    return await find();
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
    if (required) {
      const text = `COMMS_TEST_REQUIRE names ${part}, which is not available here: ${reason}`;
      throw new TestServerError('REQUIRED', text, { cause: error });
    }
    progress(`${part} is not available here, its tests are skipped: ${reason}`);
    return null;
  }
}

function requiredParts(): readonly string[] {
  const named = (process.env['COMMS_TEST_REQUIRE'] ?? '').split(',').map((part) => part.trim());
  const parts = named.filter((part) => part !== '');
  const unknown = parts.find((part) => !(OPTIONAL_PARTS as readonly string[]).includes(part));
  if (unknown === undefined) return parts;
  const known = OPTIONAL_PARTS.join(', ');
  throw new TestServerError('REQUIRED', `COMMS_TEST_REQUIRE names ${unknown}; known are ${known}`);
}
