import { describe, expect, it } from '@jest/globals';
import { costInputs } from './cost-inputs.js';
import type { RoundCosts } from './steps.js';

describe('costInputs', () => {
  it('has medians of the rounds for 1,000 comms', () => {
    const rounds = [aRound({ cpuMs: 50 }), aRound({ cpuMs: 40 }), aRound({ cpuMs: 70 })];

    expect(costInputs(rounds, 2_000)).toMatchObject({
      e: { median: 60, min: 60, max: 60 },
      m: { median: 25, min: 20, max: 35 },
      q: { median: 25, min: 20, max: 35 },
      v: { median: 25, min: 20, max: 35 },
    });
  });

  it('has means of the WAL per comm, and a total that is the sum of its parts', () => {
    const { w, ...others } = costInputs([aRound({ walBytes: 4_400 }), aRound({ walBytes: 4_600 })], 1_000);

    expect(others['w.entry']?.median).toBe(5);
    expect(w?.median).toBe(20);
  });
});

function aRound(more: Partial<RoundCosts['entry']>): RoundCosts {
  const cost = { milliseconds: 120, cpuMs: 50, walBytes: 1_000, ...more };
  return { target: cost, entry: cost, delivery: cost, vacuum: cost };
}
