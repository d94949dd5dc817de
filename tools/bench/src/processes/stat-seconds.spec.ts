import { describe, expect, it } from '@jest/globals';
import { statSeconds } from './stat-seconds.js';

describe('statSeconds', () => {
  it('takes the times of the process and of those that it has started, whatever its name holds', () => {
    const stat = '41 (a) S 1 (b) S 1 41 41 0 -1 4194560 100 200 0 0 150 50 20 5 20 0 1 0 900 0 0';

    expect(statSeconds(stat)).toEqual({ own: 2, ended: 0.25 });
  });
});
