import { QueueCourier } from '@comms/activemq';
import type { Distribution } from '@comms/distribution';
import type { OpenPeer } from '../peers/peer.js';
import { messageOf, putAll, sent, storeOf } from './daemon-parts.js';

/** Only the daemon's work on the database: claim, announce, record. */
export const openClaimOnly: OpenPeer = (access) => openSerialLoop(access, () => Promise.resolve());

/** The daemon's work on database and broker one after the other, and nothing else: what a perfect serial relay does. */
export const openSerialLimit: OpenPeer = async (access) => {
  const courier = new QueueCourier(access.broker, access.queue);
  await courier.prepare();
  return openSerialLoop(access, (distributions) => putAll(courier, distributions.map(messageOf)));
};

/**
 * Claims batch after batch with the daemon's own store, puts it, and records it: one thing at a time, and nothing else.
 */
async function openSerialLoop(
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
