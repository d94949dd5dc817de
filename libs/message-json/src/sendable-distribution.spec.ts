import { describe, expect, it } from '@jest/globals';
import { aDistribution } from '@comms/distribution/testing';
import { isSendable } from './sendable-distribution.js';

describe('isSendable', () => {
  it.each([
    [null, false],
    ['', false],
    [' ', true],
    ['Your bill is ready.', true],
  ])('answers for the message %p: %p', (message, expected) => {
    expect(isSendable(aDistribution({ message }))).toBe(expected);
  });
});
