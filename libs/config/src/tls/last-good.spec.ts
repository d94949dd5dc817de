import { describe, expect, it } from '@jest/globals';
import { LastGood, type TlsFileEvent } from './last-good.js';

describe('LastGood', () => {
  it('has nothing to fall back on at first', () => {
    const { take, told } = setup();
    expect(take({ problem: 'is cut' })).toEqual({ problem: 'is cut' });
    expect(take({ value: ['a'] })).toEqual({ value: ['a'] });
    expect(told).toEqual([]);
  });

  it('gives what is new, and tells of it once', () => {
    const { take, told } = setup();
    take({ value: ['a'] });
    take({ value: ['a'] });
    expect(take({ value: ['b'] })).toEqual({ value: ['b'] });
    take({ value: ['b'] });
    expect(told).toEqual([{ kind: 'renewed' }]);
  });

  it('keeps what was good, and tells of each trouble once', () => {
    const { take, told } = setup();
    take({ value: ['a'] });
    expect(take({ problem: 'is cut' })).toEqual({ value: ['a'] });
    take({ problem: 'is cut' });
    take({ problem: 'is gone' });
    take({ value: ['a'] });
    take({ problem: 'is gone' });
    expect(told).toEqual(['is cut', 'is gone', 'is gone'].map((text) => ({ kind: 'kept', text })));
  });
});

function setup() {
  const told: TlsFileEvent[] = [];
  const files = new LastGood<readonly string[]>();
  const take = (now: Parameters<typeof files.take>[0]) => files.take(now, (event) => told.push(event));
  return { take, told };
}
