import { describe, expect, it } from '@jest/globals';
import { Pace } from './pace.js';

describe('Pace', () => {
  it('reports the rates of the first and of the last tenth', () => {
    const pace = new Pace();
    // 100 that come one per millisecond, and 100 that come one per two milliseconds.
    for (let i = 0; i < 100; i += 1) pace.arrived(i);
    for (let i = 0; i < 100; i += 1) pace.arrived(100 + 2 * i);

    expect(pace.tenths).toEqual({ first: 1_000, last: 500 });
  });

  it('does not count what came at the very first moment', () => {
    const pace = new Pace();
    for (let i = 0; i < 20; i += 1) pace.arrived(i < 10 ? 0 : 10);

    expect(pace.tenths.last).toBeNaN();
    for (let i = 0; i < 80; i += 1) pace.arrived(20 + Math.floor(i / 5));
    expect(pace.tenths.last).toBe(5_000);
  });
});
