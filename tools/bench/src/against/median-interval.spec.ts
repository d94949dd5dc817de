import { describe, expect, it } from '@jest/globals';
import { medianInterval } from '../results/statistics.js';

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
