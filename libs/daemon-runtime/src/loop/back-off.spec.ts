import { aConfig, aConfiguration } from '@comms/config/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BackOffConfig, backOffMs, checkBackOff } from './back-off.js';

describe('backOffMs', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [6, 30_000],
    [5_000, 30_000],
  ])('pauses after %i failures in a row for %i ms at most', (failures, longest) => {
    expect(backOffMs({ initialMs: 1_000, maxMs: 30_000 }, failures, 0)).toBe(longest);
  });

  it('takes off a random part, half at most', () => {
    const limits = { initialMs: 1_000, maxMs: 30_000 };
    const pauses = fc.tuple(
      fc.integer({ min: 1, max: 5_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
    );
    fc.assert(
      fc.property(pauses, ([failures, random]) => {
        const longest = backOffMs(limits, failures, 0);
        const pause = backOffMs(limits, failures, random);
        return pause <= longest && pause >= longest / 2;
      }),
    );
    expect(backOffMs(limits, 1, 0.5)).toBe(750);
  });
});

describe('checkBackOff', () => {
  it('refuses a longest pause below the first', () => {
    const config = aConfig(BackOffConfig, { initialMs: 2_000, maxMs: 1_999 });
    expect(checkBackOff(aConfiguration([config]))).toEqual([
      { key: 'comms.back-off.max', problem: 'is below comms.back-off.initial' },
    ]);
  });

  it('accepts equal pauses, and the defaults', () => {
    const alike = aConfig(BackOffConfig, { initialMs: 2_000, maxMs: 2_000 });
    expect([alike, aConfig(BackOffConfig)].flatMap((each) => checkBackOff(aConfiguration([each])))).toEqual(
      [],
    );
  });
});
