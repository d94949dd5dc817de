import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { medianInterval, percentile, spreadOf } from './statistics.js';

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

const TO_A_HUNDRED = Array.from({ length: 100 }, (_, i) => 100 - i);

describe('percentile', () => {
  it.each([
    [50, 50],
    [99, 99],
    [100, 100],
    [0, 1],
  ])('%d of the numbers to a hundred is %d', (percent, value) => {
    expect(percentile(TO_A_HUNDRED, percent)).toBe(value);
  });

  it('is one of the values, and none where there are none', () => {
    expect(percentile([3, 8], 50)).toBe(3);
    expect(percentile([3, 8], 51)).toBe(8);
    expect(percentile([], 50)).toBeNaN();
  });
});

describe('medianInterval', () => {
  it.each([
    [1, 1, null],
    [4, 2.5, null],
    [5, 3, [1, 5]],
    [7, 4, [1, 7]],
    [8, 4.5, [2, 7]],
    [20, 10.5, [6, 15]],
    [21, 11, [7, 15]],
  ])('of %i values from 1 on has the median %p and the interval %p', (size, median, interval) => {
    const values = Array.from({ length: size }, (_, i) => size - i);
    expect(medianInterval(values)).toEqual({ median, interval });
  });
});
