import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadSimulation, simulate } from './simulate.js';
import { PLANTED_BUGS } from './planted/planted-bug.js';
import { renderResult } from './render.js';
import type { runSeed } from './run-seed.js';

let run: typeof runSeed;
beforeAll(async () => {
  run = await loadSimulation();
});

describe('the delivery code in a simulated world', () => {
  it('keeps its promises through 300 seeds of faults', async () => {
    const { failed, seeds, repeats } = await simulate({ run, from: 1, count: 300, bug: undefined });
    expect(failed && renderResult(failed, undefined)).toBeUndefined();
    expect(seeds).toBe(300);
    expect(repeats).toBeGreaterThan(0);
  }, 60_000);
});

describe('a planted bug', () => {
  it.each(PLANTED_BUGS)(
    'is found within 1,000 seeds: %s',
    async (bug) => {
      const { failed } = await simulate({ run, bug, from: 1, count: 1_000 });
      expect(failed?.violation?.promise).toBe(BROKEN_PROMISES[bug]);
    },
    60_000,
  );
});

const BROKEN_PROMISES: Record<(typeof PLANTED_BUGS)[number], string> = {
  'mark-before-receipt': 'S and P only for what is on disk',
  'ignore-error': 'S and P only for what is on disk',
  'no-status-guard': 'only rows at D are written',
  'resend-in-batch': 'all is delivered once the faults are over',
  'mark-half-batch': 'S and P only for what is on disk',
  'record-all-or-nothing': 'all is delivered once the faults are over',
  'claim-set-aside': 'a row that is set aside is not put',
  'load-long-texts': 'a text that is too long is not put',
  'charge-without-evidence': 'only rows at fault get R or E',
};

describe('a seed', () => {
  it('gives the same trace each time', async () => {
    const [first, second, other] = [await run(42), await run(42), await run(43)];
    expect(second).toEqual(first);
    expect(other.hash).not.toBe(first.hash);
  });

  it('is printed with the command that runs it again when it breaks a promise', async () => {
    const { failed } = await simulate({ run, from: 1, count: 1_000, bug: 'mark-before-receipt' });
    if (failed === undefined) throw new Error('the bug was not found');
    const text = renderResult(failed, 'mark-before-receipt');
    expect(text).toContain(`--seed ${failed.seed} --bug mark-before-receipt`);
    expect(text).toContain(`BROKEN: ${failed.violation?.promise}`);
  });
});
