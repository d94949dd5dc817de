import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BatchReport } from './batch-report.js';
import { BatchSizer } from './batch-sizer.js';

const FULL: BatchReport = {
  delivered: 500,
  retried: 0,
  failed: 0,
  setAside: 0,
  refused: 0,
  changedElsewhere: 0,
  more: true,
};
const IDLE: BatchReport = { ...FULL, delivered: 0, more: false };

describe('BatchSizer', () => {
  it('starts with 500 and at most doubles after each full batch that was quick, up to the largest', () => {
    const sizer = new BatchSizer(2_500);
    const sizes = [sizer.size];
    for (let batch = 0; batch < 4; batch++) {
      sizer.learn(FULL, 50);
      sizes.push(sizer.size);
    }
    expect(sizes).toEqual([500, 1_000, 2_000, 2_500, 2_500]);
  });

  it('does not grow after a batch that was not full', () => {
    const sizer = new BatchSizer(2_000);
    sizer.learn({ ...FULL, more: false }, 100);
    expect(sizer.size).toBe(500);
  });

  it.each([
    ['10,000 rows per second', 10, 2_000],
    ['4,000 rows per second', 4, 800],
    ['1,000 rows per second', 1, 200],
    ['100 rows per second', 0.1, 64],
  ])('finds the rows of 200 ms at %s', (_, rowsPerMs, expected) => {
    const sizer = new BatchSizer(3_000);
    for (let batch = 0; batch < 20; batch++) sizer.learn(FULL, sizer.size / rowsPerMs);
    expect(sizer.size / expected).toBeGreaterThan(0.7);
    expect(sizer.size / expected).toBeLessThan(1.4);
  });

  it('finds more rows where a look that finds nothing takes long, and fewer again where it no longer does', () => {
    const sizer = new BatchSizer(3_000);
    const settle = () => {
      for (let batch = 0; batch < 20; batch++) sizer.learn(FULL, sizer.size / 2);
      return sizer.size;
    };
    const near = settle();
    sizer.learn(IDLE, 40);
    const far = settle();
    sizer.learn(IDLE, 2);
    expect(far).toBeGreaterThan(2 * near);
    expect(settle()).toBeLessThan(far / 2);
  });

  it.each([
    ['was slow', FULL, 2_000],
    ['met trouble', { ...FULL, trouble: { code: 'BROKER_BLOCKED', text: 'No receipt.' } }, 100],
  ])('halves after a batch that %s', (_, report, durationMs) => {
    const sizer = new BatchSizer(2_000);
    sizer.learn(report, durationMs);
    expect(sizer.size).toBe(250);
  });

  it.each([
    ['cannot be encoded', { ...FULL, delivered: 0, failed: 500 }],
    ['the broker refuses', { ...FULL, delivered: 0, retried: 500, refused: 500 }],
  ])('grows past rows that %s', (_, report) => {
    const sizer = new BatchSizer(2_000);
    sizer.learn(report, 50);
    expect(sizer.size).toBe(1_000);
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
        for (let i = 0; i < 7; i++) sizer.learn(FULL, 10);
        expect(sizer.size).toBe(largest);
      }),
    );
  });
});
