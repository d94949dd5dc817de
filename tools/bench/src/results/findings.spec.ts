import { describe, expect, it } from '@jest/globals';
import { EMPTY_FINDINGS, measuredNothing } from './findings.js';

describe('measuredNothing', () => {
  it('is true where all that was asked for is left out', () => {
    expect(measuredNothing(EMPTY_FINDINGS)).toBe(true);
  });

  it.each([
    { subjects: new Map([['plain', { rounds: [], faults: ['it failed'] }] as const]) },
    { faults: ['a fault'] },
    { latencyMs: { p50: 1, p95: 2, p99: 3 } },
  ])('is false with %j', (found) => {
    expect(measuredNothing({ ...EMPTY_FINDINGS, ...found } as never)).toBe(false);
  });
});
