import type { Parsed } from './parsed.js';

/**
 * Reads a duration such as `500ms`, `2s`, `5m` or `1h` as milliseconds. A number without a unit is refused, for nobody
 * knows which unit its writer had in mind; so is what no Node.js timer can wait for (2^31 - 1 ms, about 24 days).
 */
export function parseDuration(text: string): Parsed<number> {
  const [, digits, unit = ''] = DURATION.exec(text) ?? [];
  const factor = MILLISECONDS[unit];
  if (digits === undefined) return { problem: 'is not a duration' };
  if (factor === undefined) return { problem: 'has no unit; write ms, s, m or h after the number' };
  const value = Number(digits) * factor;
  return value > LONGEST_TIMER_MS ? { problem: 'is longer than 24 days' } : { value };
}

const DURATION = /^(\d+)(ms|s|m|h)?$/;
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST_TIMER_MS = 2 ** 31 - 1;
