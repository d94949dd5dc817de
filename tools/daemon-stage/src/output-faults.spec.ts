import { describe, expect, it } from '@jest/globals';
import { leaksIn } from './output-faults.js';

const SECRET = 'Dear customer, "your" code\nis 4711, and more that may have been cut';

describe('leaksIn', () => {
  it('finds nothing where nothing was written', () => {
    expect(leaksIn('{"msg":"batch done","distributed":3}', [SECRET, 'target of 7'])).toEqual([]);
  });

  it.each([
    ['as it is', `failed on: ${SECRET}`],
    ['as JSON writes it', JSON.stringify({ row: SECRET })],
    ['cut short', `("Failing row contains (1, ${SECRET.slice(0, 30)}...`],
  ])('finds a secret that was written %s', (_, output) => {
    expect(leaksIn(output, ['target of 7', SECRET])).toEqual([SECRET.slice(0, 24)]);
  });

  it('skips what is too short to differ from other words', () => {
    expect(leaksIn('batch done', ['batch'])).toEqual([]);
  });
});
