import { describe, expect, it } from '@jest/globals';
import { type Findings, findFaults } from './find-faults.js';
import { tallyOf } from './outcome.js';

const tally = tallyOf([
  { method: 'PUSH', outcome: 'P', count: 3 },
  { method: 'SMS', outcome: 'S', count: 1 },
]);

const good: Findings = {
  expected: tally,
  actual: tally,
  queues: { 'comms.handset.outbound': { delivered: ['1', '2', '3'], found: ['3', '1', '2'] } },
  files: { delivered: ['4.json'], found: ['4.json'] },
  touched: 0,
};

describe('findFaults', () => {
  it('finds none where every comm is where its row says', () => {
    expect(findFaults(good)).toEqual([]);
  });

  it.each([
    [
      'a comm at another status',
      { actual: tallyOf([{ method: 'PUSH', outcome: 'P', count: 3 }]) },
      /^SMS: 0 .* S instead of 1/,
    ],
    [
      'a message that is missing',
      queue(['1', '2', '3'], ['1', '3']),
      /^1 delivered .* not on comms.handset.outbound/,
    ],
    [
      'a message that was not recorded',
      queue(['1', '2'], ['1', '2', '3']),
      /^1 messages are on .* no row says so/,
    ],
    [
      'a message that is there twice',
      queue(['1', '2'], ['1', '2', '2']),
      /^1 messages are on .* more than once/,
    ],
    [
      'a file that is missing',
      { files: { delivered: ['4.json'], found: [] } },
      /^1 delivered .* not in the SMS directory/,
    ],
    ['a row of others that was changed', { touched: 2 }, /^2 rows that no daemon/],
  ] as [string, Partial<Findings>, RegExp][])('finds %s', (_, difference, sentence) => {
    expect(findFaults({ ...good, ...difference })).toEqual([expect.stringMatching(sentence)]);
  });
});

function queue(delivered: string[], found: string[]): Partial<Findings> {
  return { queues: { 'comms.handset.outbound': { delivered, found } } };
}
