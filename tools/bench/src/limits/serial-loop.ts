import type { Distribution } from '@comms/distribution';
import type { OpenPeer } from '../peers/peer.js';
import { sent } from './sent.js';
import { storeOf } from './store-of.js';

/** Claims batch after batch with the daemon's own store, has it put, and records it: one thing at a time, and nothing else. */
export async function openSerialLoop(
  access: Parameters<OpenPeer>[0],
  put: (distributions: readonly Distribution[]) => Promise<void>,
): ReturnType<OpenPeer> {
  const store = storeOf(access);
  await (await store.claim(1)).release();
  const work = async () => {
    for (;;) {
      const claim = await store.claim(access.extract.batchSize);
      const { distributions } = claim;
      if (distributions.length === 0) return claim.release();
      await claim.announce(distributions.map(({ distributionId }) => distributionId));
      await put(distributions);
      await claim.record(sent(distributions));
    }
  };
  let working = Promise.resolve();
  return {
    begin: () => (working = work()),
    rest: () => working,
  };
}
