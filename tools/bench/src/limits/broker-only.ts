import { QueueCourier } from '@comms/activemq';
import type { Distribution } from '@comms/distribution';
import type { OpenPeer } from '../peers/peer.js';
import { messageOf } from './message-of.js';
import { putAll } from './put-all.js';
import { sent } from './sent.js';
import { storeOf } from './store-of.js';

/** The daemon's work on the broker alone, with rows that were read and marked before. */
export const openBrokerOnly: OpenPeer = async (access) => {
  const { batchSize } = access.extract;
  const store = storeOf(access);
  const courier = new QueueCourier(access.broker, access.queue);
  await courier.prepare();
  let batches: (readonly Distribution[])[] = [];
  const work = async () => {
    for (const batch of batches) await putAll(courier, batch.map(messageOf));
  };
  let working = Promise.resolve();
  return {
    prepare: async () => {
      batches = [];
      for (;;) {
        const claim = await store.claim(batchSize);
        if (claim.distributions.length === 0) return claim.release();
        batches.push(claim.distributions);
        await claim.record(sent(claim.distributions));
      }
    },
    begin: () => (working = work()),
    rest: () => working,
  };
};
