import { describe, expect, it } from '@jest/globals';
import { LastGood, type TlsFileEvent } from './last-good.js';

describe('LastGood', () => {
  it('has nothing to fall back on at first', () => {
    const { take, reports } = setup();
    expect(take({ problem: 'is cut' })).toEqual({ problem: 'is cut' });
    expect(take({ value: ['a'] })).toEqual({ value: ['a'] });
    expect(reports).toEqual([]);
  });

  it('returns what is new, and reports it once', () => {
    const { take, reports } = setup();
    take({ value: ['a'] });
    take({ value: ['a'] });
    expect(take({ value: ['b'] })).toEqual({ value: ['b'] });
    take({ value: ['b'] });
    expect(reports).toEqual([{ kind: 'renewed' }]);
  });

  it('keeps what was good, and reports each problem once', () => {
    const { take, reports } = setup();
    take({ value: ['a'] });
    expect(take({ problem: 'is cut' })).toEqual({ value: ['a'] });
    take({ problem: 'is cut' });
    take({ problem: 'is gone' });
    take({ value: ['a'] });
    take({ problem: 'is gone' });
    expect(reports).toEqual(['is cut', 'is gone', 'is gone'].map((text) => ({ kind: 'kept', text })));
  });
});

function setup() {
  const reports: TlsFileEvent[] = [];
  const files = new LastGood<readonly string[]>();
  const take = (now: Parameters<typeof files.take>[0]) => files.take(now, (event) => reports.push(event));
  return { take, reports };
}
