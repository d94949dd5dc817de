import { describe, expect, it } from '@jest/globals';
import { isReceiptLimitSafe } from './is-receipt-limit-safe.js';

describe('isReceiptLimitSafe', () => {
  it.each([
    [59_999, 60_000, true],
    [60_000, 60_000, false],
    [60_001, 60_000, false],
  ])('a limit of %i ms with an idle time-out of %i ms: %p', (receiptLimit, idleTimeout, safe) => {
    expect(isReceiptLimitSafe(receiptLimit, idleTimeout)).toBe(safe);
  });
});
