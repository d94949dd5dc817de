import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../testing/fake-clock.js';
import { CachedReading } from './cached-reading.js';

describe('CachedReading', () => {
  it('asks once for all callers that wait', async () => {
    const { reading, clock, asked } = setup({ tookMs: 100 });
    const both = Promise.all([reading.get(), reading.get()]);
    await clock.advance(100);
    expect(await both).toEqual([
      { kind: 'read', value: 1 },
      { kind: 'read', value: 1 },
    ]);
    expect(asked()).toBe(1);
  });

  it('returns an answer again only while it is fresh', async () => {
    const { reading, clock, asked } = setup();
    await reading.get();
    await clock.advance(999);
    expect(await reading.get()).toEqual({ kind: 'read', value: 1 });
    await clock.advance(1);
    expect(await reading.get()).toEqual({ kind: 'read', value: 2 });
    expect(asked()).toBe(2);
  });

  it('keeps an answer longer that took longer', async () => {
    const { reading, clock, asked } = setup({ tookMs: 500 });
    const first = reading.get();
    await clock.advance(500);
    await first;
    await clock.advance(4_999);
    await reading.get();
    expect(asked()).toBe(1);
  });

  it('lets no caller wait longer than the limit, and reads once at a time', async () => {
    const { reading, clock, asked } = setup({ tookMs: 60_000 });
    const first = reading.get();
    await clock.advance(2_000);
    expect(await first).toEqual({ kind: 'late' });
    const second = reading.get();
    await clock.advance(0);
    expect(await second).toEqual({ kind: 'late' });
    expect(asked()).toBe(1);
  });

  it('reports the previous value while the next one is late', async () => {
    const { reading, clock, slow } = setup();
    await reading.get();
    slow();
    await clock.advance(1_000);
    const late = reading.get();
    await clock.advance(2_000);
    expect(await late).toEqual({ kind: 'late', last: 1 });
  });

  it('returns a late answer once it has come', async () => {
    const { reading, clock } = setup({ tookMs: 3_000 });
    void reading.get();
    await clock.advance(3_000);
    expect(await reading.get()).toEqual({ kind: 'read', value: 1 });
  });

  it('reports a failure, and asks again when that is no longer fresh', async () => {
    const { clock } = setup();
    const error = new Error('refused');
    const answers = [Promise.reject(error), Promise.resolve('up')];
    const reading = new CachedReading(() => answers.shift() ?? Promise.resolve('more'), clock, LIMITS);
    expect(await reading.get()).toEqual({ kind: 'failed', error });
    await clock.advance(1_000);
    expect(await reading.get()).toEqual({ kind: 'read', value: 'up' });
  });
});

const LIMITS = { freshForMs: (tookMs: number) => Math.max(1_000, tookMs * 10), limitMs: 2_000 };

/** Reads 1, 2, 3 and so on, each after `tookMs`. */
function setup({ tookMs = 0 } = {}) {
  const clock = new FakeClock();
  let asked = 0;
  let delayMs = tookMs;
  const read = async () => {
    asked += 1;
    const value = asked;
    if (delayMs > 0) await clock.sleep(delayMs);
    return value;
  };
  const slow = () => {
    delayMs = 60_000;
  };
  return { reading: new CachedReading(read, clock, LIMITS), clock, slow, asked: () => asked };
}
