import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spreadOf } from './statistics.js';

describe('spreadOf', () => {
  it.each<[[number, ...number[]], number]>([
    [[7], 7],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[100, 20, 3], 20],
  ])('of %j has the median %d', (values, median) => {
    expect(spreadOf(values)).toEqual({ median, min: Math.min(...values), max: Math.max(...values) });
  });

  it('has half of the values on each side of the median', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), ([first = 0, ...others]) => {
        const { median } = spreadOf([first, ...others]);
        const half = (others.length + 1) / 2;
        expect([first, ...others].filter((value) => value <= median).length).toBeGreaterThanOrEqual(half);
        expect([first, ...others].filter((value) => value >= median).length).toBeGreaterThanOrEqual(half);
      }),
    );
  });
});
