import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';

describe('eventually', () => {
  it('reads until the value is as wanted, and returns it', async () => {
    let count = 0;

    expect(await eventually('three', () => (count += 1), { isIt: (value) => value === 3, everyMs: 1 })).toBe(
      3,
    );
  });

  it('waits for readings that take their time', async () => {
    expect(
      await eventually(
        'a word',
        () => Promise.resolve('here'),
        (word) => word === 'here',
      ),
    ).toBe('here');
  });

  it('rejects after its limit, and names what it saw last', async () => {
    const limits = { everyMs: 1, limitMs: 5 };

    await expect(eventually('a message', () => ({ found: 'nothing' }), limits)).rejects.toThrow(
      'not within 0.005 s: a message; last seen: {"found":"nothing"}',
    );
    await expect(eventually('it is up', () => false, limits)).rejects.toThrow(/it is up$/);
  });

  it('ends with the reason of an abort', async () => {
    const signal = AbortSignal.abort(new Error('interrupted'));

    await expect(eventually('it is up', () => false, { signal })).rejects.toThrow('interrupted');
  });
});
