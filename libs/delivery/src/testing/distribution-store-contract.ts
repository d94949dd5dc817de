import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Distribution, DistributionStatus } from '@comms/distribution';
import { aDistribution } from '@comms/distribution/testing';
import type { Claim, DistributionStore } from '../distribution-store.js';

/** What a store under test must offer beside its port. Every row of it is PUSH. */
export interface DistributionStoreHarness {
  readonly store: DistributionStore;
  insert(...distributions: Distribution[]): Promise<void>;
  status(distributionId: string): Promise<DistributionStatus>;
  close(): Promise<void>;
}

/** The promises of `DistributionStore`; each implementation, the fake included, must keep them. */
export function describeDistributionStore(name: string, open: () => Promise<DistributionStoreHarness>): void {
  describe(`${name} as a distribution store`, () => {
    let harness: DistributionStoreHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(async () => {
      await harness.close();
    });

    const insert = (...ids: string[]) =>
      harness.insert(...ids.map((distributionId) => aDistribution({ distributionId })));
    const idsOf = (claim: Claim) => claim.distributions.map(({ distributionId }) => distributionId);

    it('claims the highest priority first, then the oldest, up to the limit', async () => {
      await harness.insert(
        aDistribution({ distributionId: '1', priority: 3 }),
        aDistribution({ distributionId: '2', priority: 2 }),
        aDistribution({ distributionId: '3', priority: 1 }),
        aDistribution({ distributionId: '4', priority: 1 }),
      );
      const claim = await harness.store.claim(3);
      expect(idsOf(claim)).toEqual(['3', '4', '2']);
      await claim.release();
    });

    it('gives every field of a row as it was put in', async () => {
      const distribution = aDistribution({
        distributionId: '9007199254740993',
        message: 'Ünïcode 🙂\u2028',
        alias: null,
      });
      await harness.insert(distribution);
      const claim = await harness.store.claim(1);
      expect(claim.distributions).toEqual([distribution]);
      await claim.release();
    });

    it('passes over the rows of another open claim', async () => {
      await insert('1', '2', '3');
      const first = await harness.store.claim(2);
      const second = await harness.store.claim(2);
      expect([idsOf(first), idsOf(second)]).toEqual([['1', '2'], ['3']]);
      await first.release();
      await second.release();
    });

    it('gives released rows to the next claim, unchanged', async () => {
      await insert('1');
      await (await harness.store.claim(1)).release();
      const claim = await harness.store.claim(1);
      expect(idsOf(claim)).toEqual(['1']);
      await claim.release();
    });

    it('writes each verdict, leaves rows without one, and counts what it changed', async () => {
      await insert('1', '2', '3', '4', '5');
      const claim = await harness.store.claim(5);
      const changed = await claim.record([
        { distributionId: '1', status: 'S' },
        { distributionId: '2', status: 'P', reference: '2.json' },
        { distributionId: '3', status: 'R', retryInMs: 1000, code: 'C', text: 't' },
        { distributionId: '4', status: 'E', code: 'C', text: 't' },
      ]);
      expect(changed).toBe(4);
      expect(await Promise.all(['1', '2', '3', '4', '5'].map((id) => harness.status(id)))).toEqual([
        'S',
        'P',
        'R',
        'E',
        'D',
      ]);
    });

    it('takes a release after a record as nothing to do', async () => {
      await insert('1');
      const claim = await harness.store.claim(1);
      await claim.record([{ distributionId: '1', status: 'S' }]);
      await claim.release();
      expect(await harness.status('1')).toBe('S');
    });

    it('claims nothing once every row is delivered', async () => {
      await insert('1');
      await (await harness.store.claim(1)).record([{ distributionId: '1', status: 'S' }]);
      const claim = await harness.store.claim(10);
      expect(idsOf(claim)).toEqual([]);
      await claim.release();
    });
  });
}
