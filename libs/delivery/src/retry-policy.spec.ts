import { describe, expect, it } from '@jest/globals';
import { aDistribution } from '@comms/distribution/testing';
import { RetryPolicy } from './retry-policy.js';

const fault = { code: 'BROKER_REFUSED_MESSAGE', text: 'The broker refused this message.' };

describe('RetryPolicy', () => {
  it.each([
    [0, 30_000],
    [1, 60_000],
    [2, 120_000],
    [3, 200_000],
  ])('waits after %i failed tries at most %i ms, doubling up to the limit', (retryCount, expected) => {
    expect(policy(() => 1).afterRefusal(aDistribution({ retryCount }), fault)).toMatchObject({
      status: 'R',
      retryInMs: expected,
    });
  });

  it('takes off up to half of the wait, so that rows refused together do not return together', () => {
    expect(policy(() => 0).afterRefusal(aDistribution(), fault)).toMatchObject({ retryInMs: 15_000 });
  });

  it('gives up with the last try, and keeps the code of what went wrong', () => {
    expect(policy(() => 1).afterRefusal(aDistribution({ retryCount: 4 }), fault)).toEqual({
      distributionId: '1',
      status: 'E',
      code: 'BROKER_REFUSED_MESSAGE',
      text: 'The broker refused this message. (no tries left)',
    });
  });
});

function policy(random: () => number) {
  return new RetryPolicy({ maxTries: 5, initialDelayMs: 30_000, maxDelayMs: 200_000 }, random);
}
