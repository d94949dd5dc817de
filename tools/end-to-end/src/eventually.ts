import { setTimeout } from 'node:timers/promises';

const LIMIT_MS = 60_000;
const EVERY_MS = 50;

/** Reads again and again until `isIt` holds, and answers what was read then; rejects, with the last, after a minute. */
export async function eventually<T>(
  what: string,
  read: () => Promise<T>,
  isIt: (value: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const value = await read();
    if (isIt(value)) return value;
    if (Date.now() > deadline) {
      throw new Error(`not within ${LIMIT_MS / 1000} s: ${what}; last seen: ${JSON.stringify(value)}`);
    }
    await setTimeout(EVERY_MS);
  }
}
