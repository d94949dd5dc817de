import { describe, expect, it } from '@jest/globals';
import { rotate } from './run-rounds.js';

describe('rotate', () => {
  it('begins one further each round, and leaves none out', () => {
    const rounds = [0, 1, 2, 3].map((round) => rotate(['a', 'b', 'c'], round).join(''));

    expect(rounds).toEqual(['abc', 'bca', 'cab', 'abc']);
  });

  it('takes an empty list', () => {
    expect(rotate([], 5)).toEqual([]);
  });
});
