import { describe, expect, it } from '@jest/globals';
import { agreedHeartBeat } from './heart-beat.js';

describe('agreedHeartBeat', () => {
  it.each([
    [undefined, { send: 0, expect: 0 }],
    ['0,0', { send: 0, expect: 0 }],
    ['5000,5000', { send: 5_000, expect: 5_000 }],
    ['20000,0', { send: 0, expect: 20_000 }],
    ['0,30000', { send: 30_000, expect: 0 }],
    ['1,1', { send: 5_000, expect: 5_000 }],
    ['nonsense', { send: 0, expect: 0 }],
  ])('for 5 s and a broker that offers %p is the slower of the two', (header, expected) => {
    expect(agreedHeartBeat(5_000, header)).toEqual(expected);
  });
});
