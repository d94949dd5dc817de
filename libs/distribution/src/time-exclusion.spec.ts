import { describe, expect, it } from '@jest/globals';
import { mayBeDistributed } from './time-exclusion.js';

const now = new Date('2026-11-24T12:00:00.000Z');
const before = new Date('2026-11-24T11:59:59.999Z');
const after = new Date('2026-11-24T12:00:00.001Z');

describe('mayBeDistributed', () => {
  it.each([
    ['send-before', null, true],
    ['send-before', before, false],
    ['send-before', now, true],
    ['send-before', after, true],
    ['send-after', null, true],
    ['send-after', before, true],
    ['send-after', now, true],
    ['send-after', after, false],
  ] as const)('in mode %s answers for %p: %p', (mode, timeExclusion, expected) => {
    expect(mayBeDistributed(mode, timeExclusion, now)).toBe(expected);
  });
});
