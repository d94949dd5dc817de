import { setTimeout } from 'node:timers/promises';

const LIMIT_MS = 60_000;
const EVERY_MS = 50;

/** Reads again and again until `isIt` holds, and returns what was read then; rejects, with the last, after `limitMs`. */
// eslint-disable-next-line max-params -- the limit is the rare one
export async function eventually<T>(
  what: string,
  read: () => Promise<T>,
  isIt: (value: T) => boolean,
  limitMs = LIMIT_MS,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const value = await read();
    if (isIt(value)) return value;
    if (Date.now() > deadline) {
      throw new Error(`not within ${limitMs / 1000} s: ${what}; last seen: ${JSON.stringify(value)}`);
    }
    await setTimeout(EVERY_MS);
  }
}
