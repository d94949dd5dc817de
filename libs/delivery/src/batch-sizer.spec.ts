import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BatchReport } from './batch-report.js';
import { BatchSizer } from './batch-sizer.js';

const FULL: BatchReport = {
  delivered: 64,
  retried: 0,
  failed: 0,
  setAside: 0,
  refused: 0,
  changedElsewhere: 0,
  more: true,
};

describe('BatchSizer', () => {
  it('starts small and doubles after each full batch that went well, up to the largest', () => {
    const sizer = new BatchSizer(500);
    const sizes = [sizer.size];
    for (let batch = 0; batch < 4; batch++) {
      sizer.learn(FULL, 100);
      sizes.push(sizer.size);
    }
    expect(sizes).toEqual([64, 128, 256, 500, 500]);
  });

  it('does not grow after a batch that was not full', () => {
    const sizer = new BatchSizer(500);
    sizer.learn({ ...FULL, more: false }, 100);
    expect(sizer.size).toBe(64);
  });

  it('keeps its size while batches are neither quick nor slow', () => {
    const sizer = grown();
    sizer.learn(FULL, 2_000);
    expect(sizer.size).toBe(500);
  });

  it.each([
    ['was slow', FULL, 4_001],
    ['met trouble', { ...FULL, trouble: { code: 'BROKER_BLOCKED', text: 'No receipt.' } }, 100],
  ])('halves after a batch that %s', (_, report, durationMs) => {
    const sizer = grown();
    sizer.learn(report, durationMs);
    expect(sizer.size).toBe(250);
  });

  it.each([
    ['cannot be encoded', { ...FULL, delivered: 0, failed: 64 }],
    ['the broker refuses', { ...FULL, delivered: 0, retried: 64, refused: 64 }],
  ])('grows past rows that %s', (_, report) => {
    const sizer = new BatchSizer(500);
    sizer.learn(report, 100);
    expect(sizer.size).toBe(128);
  });

  it('always stays between its bounds, and comes back to the largest', () => {
    const trouble = { code: 'BROKER_BLOCKED', text: 'No receipt.' };
    const batch = fc.record({
      trouble: fc.constantFrom({}, { trouble }),
      durationMs: fc.nat({ max: 8_000 }),
      more: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.array(batch), (largest, batches) => {
        const sizer = new BatchSizer(largest);
        for (const { trouble, durationMs, more } of batches) {
          sizer.learn({ ...FULL, ...trouble, more }, durationMs);
          expect(sizer.size).toBeLessThanOrEqual(largest);
          expect(sizer.size).toBeGreaterThanOrEqual(Math.min(64, largest));
        }
        for (let i = 0; i < 7; i++) sizer.learn(FULL, 100);
        expect(sizer.size).toBe(largest);
      }),
    );
  });
});

function grown(): BatchSizer {
  const sizer = new BatchSizer(500);
  for (let batch = 0; batch < 3; batch++) sizer.learn(FULL, 100);
  return sizer;
}
