import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DISTRIBUTION_STATUSES, isDistributionStatus, mayMove, statusText } from './distribution-status.js';

describe('the table of moves', () => {
  it('lets a daemon take a row from D alone, to S, P, R or E', () => {
    const moves = DISTRIBUTION_STATUSES.flatMap((from) =>
      DISTRIBUTION_STATUSES.filter((to) => mayMove('daemon', from, to)).map((to) => `${from}>${to}`),
    );
    expect(moves).toEqual(['D>S', 'D>P', 'D>R', 'D>E']);
  });

  it('lets only upstream touch a row that awaits its merge', () => {
    const movers = (['upstream', 'daemon', 'monitor', 'operator', 'acknowledgement'] as const).filter(
      (mover) => DISTRIBUTION_STATUSES.some((to) => mayMove(mover, 'A', to)),
    );
    expect(movers).toEqual(['upstream']);
  });

  it('never lets a row be delivered twice unless an operator has sent it back in between', () => {
    const step = fc.record({
      mover: fc.constantFrom('upstream', 'daemon', 'monitor', 'operator', 'acknowledgement'),
      to: fc.constantFrom(...DISTRIBUTION_STATUSES),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 200, maxLength: 200 }), (steps) => {
        let status: (typeof DISTRIBUTION_STATUSES)[number] = 'A';
        let mayBeDelivered = true;
        for (const { mover, to } of steps) {
          if (!mayMove(mover, status, to)) continue;
          const isDelivery = mover === 'daemon' && (to === 'S' || to === 'P');
          if (isDelivery) expect(mayBeDelivered).toBe(true);
          mayBeDelivered = (mayBeDelivered && !isDelivery) || mover === 'operator';
          status = to;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('statusText', () => {
  it('gives the words that the agent reads', () => {
    expect(DISTRIBUTION_STATUSES.map(statusText)).toEqual([
      'Awaiting Merge',
      'Awaiting Distribution',
      'Sent',
      'Published',
      'Error Retry',
      'Error No Retry',
    ]);
  });
});

describe('isDistributionStatus', () => {
  it.each(['', 's', 'X', 'SP'])('refuses %p', (value) => {
    expect(isDistributionStatus(value)).toBe(false);
  });

  it('knows the six and nothing else', () => {
    const text = fc.oneof(fc.string({ maxLength: 2 }), fc.constantFrom(...DISTRIBUTION_STATUSES));
    fc.assert(
      fc.property(text, (value) => {
        expect(isDistributionStatus(value)).toBe(/^[ADSPRE]$/.test(value) && value.length === 1);
      }),
    );
  });
});
