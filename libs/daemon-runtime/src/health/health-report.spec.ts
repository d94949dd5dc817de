import { describe, expect, it } from '@jest/globals';
import type { PartHealth } from './part.js';
import { healthStatus, isHealthy } from './health-report.js';

describe('healthStatus', () => {
  it.each([
    ['running', ['up', 'up'], 'up'],
    ['running', ['up', 'down'], 'down'],
    ['running', ['up', 'blocked'], 'down'],
    ['running', ['up', 'unknown'], 'starting'],
    ['running', ['down', 'unknown'], 'down'],
    ['failing', ['up', 'up'], 'down'],
    ['stuck', ['up', 'up'], 'stuck'],
    ['starting', ['up', 'up'], 'starting'],
    ['disabled', ['down', 'unknown'], 'disabled'],
    ['stopping', ['up', 'down'], 'stopping'],
  ] as const)('of a loop that is %s with parts %j is %s', (loop, states, expected) => {
    const parts = states.map((state): PartHealth => ({ state, since: new Date(0) }));
    expect(healthStatus(loop, parts)).toBe(expected);
  });
});

describe('isHealthy', () => {
  it('holds for a daemon that does what it is configured to do', () => {
    const all = ['up', 'disabled', 'starting', 'stuck', 'down', 'stopping'] as const;
    expect(all.filter(isHealthy)).toEqual(['up', 'disabled']);
  });
});
