import { QueueCourier } from '@comms/activemq';
import type { OpenPeer } from '../peers/peer.js';
import { messageOf } from './message-of.js';
import { putAll } from './put-all.js';
import { sent } from './sent.js';
import { storeOf } from './store-of.js';

/** The daemon's work on database and broker one after the other, and nothing else: what a perfect serial relay does. */
export const openSerialLimit: OpenPeer = async (access) => {
  const store = storeOf(access);
  const courier = new QueueCourier(access.broker, access.queue);
  await (await store.claim(1)).release();
  await courier.prepare();
  const work = async () => {
    for (;;) {
      const claim = await store.claim(access.extract.batchSize);
      const { distributions } = claim;
      if (distributions.length === 0) return claim.release();
      await claim.announce(distributions.map(({ distributionId }) => distributionId));
      await putAll(courier, distributions.map(messageOf));
      await claim.record(sent(distributions));
    }
  };
  let working = Promise.resolve();
  return {
    begin: () => (working = work()),
    rest: () => working,
  };
};
