import { describe, expect, it } from '@jest/globals';
import { Pooler } from './pooler.js';

const MINUTE = 60_000;

describe('Pooler', () => {
  it('does not limit how many claims begin', async () => {
    const { begun } = await setup(3);
    expect(begun()).toBe(3);
  });

  it('lets claims begin one at a time once its pool was found too small', async () => {
    const { begun, endOne } = await setup(3, (pooler) => {
      pooler.foundSmall();
    });
    expect(begun()).toBe(1);
    await endOne();
    expect(begun()).toBe(2);
    await endOne();
    expect(begun()).toBe(3);
  });

  it('lets all begin again after a while', async () => {
    const { begun, endOne, pass } = await setup(4, (pooler) => {
      pooler.foundSmall();
    });
    pass(10 * MINUTE);
    await endOne();
    expect(begun()).toBe(4);
  });

  it('is exhausted until a batch gets its second session', async () => {
    const { pooler } = await setup();
    expect(pooler.exhausted).toBeUndefined();
    expect(pooler.foundExhausted()).toMatchObject({ code: 'STORE_POOLER_EXHAUSTED', retryable: true });
    expect(pooler.exhausted?.message).toContain('one session for each batch in hand of all replicas');
    pooler.foundEnough();
    expect(pooler.exhausted).toBeUndefined();
  });

  it('is exhausted for no longer than a minute when no further batch tries', async () => {
    const { pooler, pass } = await setup();
    pooler.foundExhausted();
    pass(MINUTE - 1);
    expect(pooler.exhausted).toBeDefined();
    pass(1);
    expect(pooler.exhausted).toBeUndefined();
  });
});

/** @param claims how many want to begin at once */
async function setup(claims = 0, before: (pooler: Pooler) => void = () => undefined) {
  let nowMs = 0;
  const pooler = new Pooler(() => nowMs);
  before(pooler);
  const ends: (() => void)[] = [];
  let begun = 0;
  for (let claim = 0; claim < claims; claim++) {
    void pooler.turnOfClaim().then((end) => {
      begun += 1;
      ends.push(end);
    });
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  await settle();
  return {
    pooler,
    begun: () => begun,
    pass: (ms: number) => {
      nowMs += ms;
    },
    endOne: () => {
      ends.shift()?.();
      return settle();
    },
  };
}
