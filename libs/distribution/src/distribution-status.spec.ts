import { describe, expect, it } from '@jest/globals';
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
});
