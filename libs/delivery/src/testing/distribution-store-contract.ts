import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Distribution, DistributionStatus } from '@comms/distribution';
import { aDistribution } from '@comms/distribution/testing';
import type { Claim, DistributionStore } from '../ports.js';
import type { Verdict } from '../verdict.js';

/** What a store under test must offer besides its port. Every row of it is PUSH. */
export interface DistributionStoreHarness {
  readonly store: DistributionStore;
  insert(...distributions: Distribution[]): Promise<void>;
  status(distributionId: string): Promise<DistributionStatus>;
  errorCode(distributionId: string): Promise<string | null | undefined>;
  /** From now on these statuses may not be written of this row, as by a trigger that raises. */
  refuse(distributionId: string, statuses: readonly DistributionStatus[]): Promise<void>;
  /** Releases a row that is set aside, once the cause is removed, as an operator does. */
  release(distributionId: string): Promise<void>;
  /** Sets a row back to `D`, as an operator does. */
  requeue(distributionId: string): Promise<void>;
  /** Ends the sessions of all open claims, as the database does after its limit; the claims are not told. */
  loseLocks(): Promise<void>;
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

    it('returns every field of a row as it was inserted', async () => {
      const distribution = aDistribution({
        distributionId: '9007199254740993',
        message: 'Ünïcode 🙂\u2028',
        alias: null,
        timeExclusion: '2999-12-31T23:59:59.999Z',
      });
      await harness.insert(distribution);
      const claim = await harness.store.claim(1);
      expect(claim.distributions).toEqual([distribution]);
      await claim.release();
    });

    it('keeps the sending of a row until it is delivered, and changes it with each requeue after that', async () => {
      await insert('1');
      const seen = [await sending()];
      for (const status of ['S', 'P', 'P', 'S'] as const) {
        expect(await sending()).toBe(seen.at(-1));
        const claim = await harness.store.claim(1);
        await claim.record([{ distributionId: '1', status: 'R', retryInMs: 1, code: 'C', text: 't' }]);
        await harness.requeue('1');
        expect(await sending()).toBe(seen.at(-1));
        await (await harness.store.claim(1)).record([{ distributionId: '1', status }]);
        await harness.requeue('1');
        seen.push(await sending());
      }
      expect(new Set(seen).size).toBe(seen.length);
    });

    it('skips the rows of another open claim', async () => {
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
      expect(changed).toEqual({ changed: 4, failed: [], setAside: [] });
      expect(await Promise.all(['1', '2', '3', '4', '5'].map((id) => harness.status(id)))).toEqual([
        'S',
        'P',
        'R',
        'E',
        'D',
      ]);
    });

    it('does nothing on a release after a record', async () => {
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

    it('says that there is more when the limit cut the claim short', async () => {
      await insert('1', '2');
      const [first, second] = [await harness.store.claim(1), await harness.store.claim(2)];
      expect([first.more, second.more]).toEqual([true, false]);
      await first.release();
      await second.release();
    });

    it('knows after a claim that never ended well which of its rows may have been put', async () => {
      await insert('1', '2', '3');
      const crashed = await harness.store.claim(2);
      expect(await crashed.announce(['1'])).toEqual(new Set());
      await crashed.release();
      const next = await harness.store.claim(3);
      expect(await next.announce(['1', '2', '3'])).toEqual(new Set(['1']));
      await next.release();
    });

    it('forgets an announcement once its rows are recorded, whatever became of them', async () => {
      await insert('1', '2');
      const claim = await harness.store.claim(2);
      await claim.announce(['1', '2']);
      await claim.record([]);
      expect(await putBefore()).toEqual([]);
    });

    it('keeps an announcement for the rows whose messages may be put', async () => {
      await insert('1', '2');
      const claim = await harness.store.claim(2);
      await claim.announce(['1', '2']);
      await claim.record([], ['2']);
      expect(await putBefore()).toEqual(['2']);
    });

    it('keeps an announcement while its row is tried again, and forgets it with the delivery', async () => {
      await insert('1');
      await announceAndCrash('1');
      const again = await harness.store.claim(1);
      await again.announce(['1']);
      await again.record([]);
      expect(await putBefore()).toEqual(['1']);
      const last = await harness.store.claim(1);
      await last.announce(['1']);
      await last.record([{ distributionId: '1', status: 'S' }]);
      await harness.requeue('1');
      expect(await putBefore()).toEqual([]);
    });

    it('refuses to announce once its locks are lost, when another claim may have put its rows', async () => {
      await insert('1');
      const stalled = await harness.store.claim(1);
      await harness.loseLocks();
      const other = await harness.store.claim(1);
      await other.announce(['1']);
      await other.record([{ distributionId: '1', status: 'S' }]);
      await expect(stalled.announce(['1'])).rejects.toThrow();
      await stalled.release();
    });

    describe('where a row may not get its status', () => {
      const IDS = ['1', '2', '3', '4', '5'];
      const recordAll = async (verdictOf: (distributionId: string) => Verdict) => {
        const claim = await harness.store.claim(IDS.length);
        await claim.announce(IDS);
        return claim.record(IDS.map(verdictOf));
      };
      const sent = (distributionId: string): Verdict => ({ distributionId, status: 'S' });
      const statuses = () => Promise.all(IDS.map((id) => harness.status(id)));
      beforeEach(() => insert(...IDS));

      it('writes the others, and gives it E with the code for a message that was put', async () => {
        await harness.refuse('2', ['S', 'P']);
        await harness.refuse('5', ['S', 'P']);
        expect(await recordAll(sent)).toEqual({ changed: 5, failed: ['2', '5'], setAside: [] });
        expect(await statuses()).toEqual(['S', 'E', 'S', 'S', 'E']);
        expect(await harness.errorCode('2')).toBe('MESSAGE_PUT_NOT_RECORDED');
        expect(await putBefore()).toEqual([]);
      });

      it('gives a row that was not put E with its own code', async () => {
        await harness.refuse('3', ['R']);
        const retried = (distributionId: string): Verdict => ({
          distributionId,
          status: 'R',
          retryInMs: 1_000,
          code: 'OWN',
          text: 't',
        });
        expect(await recordAll(retried)).toEqual({ changed: 5, failed: ['3'], setAside: [] });
        expect(await statuses()).toEqual(['R', 'R', 'E', 'R', 'R']);
        expect(await harness.errorCode('3')).toBe('OWN');
      });

      it('sets it aside where every status is refused, and claims it no more', async () => {
        await harness.refuse('4', ['S', 'P', 'R', 'E']);
        expect(await recordAll(sent)).toEqual({ changed: 4, failed: [], setAside: ['4'] });
        expect(await statuses()).toEqual(['S', 'S', 'S', 'D', 'S']);
        const claim = await harness.store.claim(10);
        expect(idsOf(claim)).toEqual([]);
        await claim.release();
      });

      it('claims it again once it is released', async () => {
        await harness.refuse('4', ['S', 'P', 'R', 'E']);
        await recordAll(sent);
        await harness.release('4');
        const claim = await harness.store.claim(10);
        expect(idsOf(claim)).toEqual(['4']);
        await claim.record([sent('4')]);
        expect(await harness.status('4')).toBe('S');
      });

      it('lets no other claim have the rows meanwhile', async () => {
        await harness.refuse('1', ['S', 'P']);
        const claim = await harness.store.claim(IDS.length);
        const [, other] = await Promise.all([claim.record(IDS.map(sent)), harness.store.claim(10)]);
        expect(idsOf(other)).toEqual([]);
        await other.release();
      });
    });

    it('does not load a text that is longer than the claim allows', async () => {
      const [short, long] = ['x'.repeat(100), 'é'.repeat(51)];
      await harness.insert(
        aDistribution({ distributionId: '1', message: short }),
        aDistribution({ distributionId: '2', message: long }),
      );
      const claim = await harness.store.claim(2, 100);
      expect(claim.distributions).toMatchObject([
        { message: short, messageTooLong: false },
        { message: null, messageTooLong: true },
      ]);
      await claim.release();
    });

    /** Of the first row at `D`; the claim is given back. */
    async function sending(): Promise<string | undefined> {
      const claim = await harness.store.claim(1);
      await claim.release();
      return claim.distributions[0]?.sending;
    }

    async function announceAndCrash(...ids: string[]): Promise<void> {
      const claim = await harness.store.claim(10);
      await claim.announce(ids);
      await claim.release();
    }

    /** The rows at `D` that may have been put; it leaves no announcement. */
    async function putBefore(): Promise<string[]> {
      const claim = await harness.store.claim(10);
      const found = await claim.announce(idsOf(claim));
      await claim.record([]);
      return [...found].sort();
    }
  });
}
