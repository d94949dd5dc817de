import { describe, expect, it } from '@jest/globals';
import { spreadOf } from './spread.js';

describe('spreadOf', () => {
  it('takes the nearest rank', () => {
    expect(spreadOf([40, 10, 30, 20])).toEqual({ median: 20, p90: 40, max: 40 });
    expect(spreadOf([7])).toEqual({ median: 7, p90: 7, max: 7 });
  });

  it('is zero where there is nothing', () => {
    expect(spreadOf([])).toEqual({ median: 0, p90: 0, max: 0 });
  });
});
