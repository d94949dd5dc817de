import type { OpenPeer } from '../peers/peer.js';
import { sent } from './sent.js';
import { storeOf } from './store-of.js';

/** The daemon's work on the database alone: claim, announce, record. */
export const openClaimOnly: OpenPeer = async (access) => {
  const store = storeOf(access);
  await (await store.claim(1)).release();
  const work = async () => {
    for (;;) {
      const claim = await store.claim(access.extract.batchSize);
      const { distributions } = claim;
      if (distributions.length === 0) return claim.release();
      await claim.announce(distributions.map(({ distributionId }) => distributionId));
      await claim.record(sent(distributions));
    }
  };
  let working = Promise.resolve();
  return {
    begin: () => (working = work()),
    rest: () => working,
  };
};
