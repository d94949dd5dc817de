import { describe, expect, it } from '@jest/globals';
import { percentile } from './statistics.js';

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
