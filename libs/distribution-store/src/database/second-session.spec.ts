import { describe, expect, it } from '@jest/globals';
import { secondSessionLimits } from './second-session.js';

describe('secondSessionLimits', () => {
  it.each([
    [400, 0, { lookMs: 100, giveUpMs: 200 }],
    [400, 0.5, { lookMs: 100, giveUpMs: 300 }],
    [5000, 0, { lookMs: 500, giveUpMs: 1000 }],
    [60_000, 0.999, { lookMs: 500, giveUpMs: 1999 }],
  ])('of a connect-timeout of %i ms with the random number %d are %o', (connectTimeout, random, limits) => {
    expect(secondSessionLimits({ connectTimeout }, random)).toEqual(limits);
  });

  it('differ from wait to wait, so that one of several gives up first', () => {
    const limits = Array.from({ length: 20 }, () => secondSessionLimits({ connectTimeout: 5000 }).giveUpMs);
    expect(new Set(limits).size).toBeGreaterThan(10);
  });
});
