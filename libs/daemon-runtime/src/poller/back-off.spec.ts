import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backOffMs } from './back-off.js';

describe('backOffMs', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [6, 30_000],
    [5_000, 30_000],
  ])('pauses after %i failures in a row for %i ms at most', (failures, longest) => {
    expect(backOffMs({ initialMs: 1_000, maxMs: 30_000 }, failures, 0)).toBe(longest);
  });

  it('takes off a random part, half at most', () => {
    const limits = { initialMs: 1_000, maxMs: 30_000 };
    const pauses = fc.tuple(
      fc.integer({ min: 1, max: 5_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
    );
    fc.assert(
      fc.property(pauses, ([failures, random]) => {
        const longest = backOffMs(limits, failures, 0);
        const pause = backOffMs(limits, failures, random);
        return pause <= longest && pause >= longest / 2;
      }),
    );
    expect(backOffMs(limits, 1, 0.5)).toBe(750);
  });
});
