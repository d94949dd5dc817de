/**
 * Something that a test can do without. Undefined, and one line on standard error, where it is not available on this
 * machine.
 */
export async function ifAvailable<T>(name: string, find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
    process.stderr.write(`chart tests: ${name} is skipped, what it needs is not available: ${reason}\n`);
    return undefined;
  }
}
