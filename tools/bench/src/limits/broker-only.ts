import { QueueCourier } from '@comms/activemq';
import type { Distribution } from '@comms/distribution';
import type { PostgresDistributionStore } from '@comms/distribution-store';
import type { OpenPeer } from '../peers/peer.js';
import { messageOf, putAll, sent, storeOf } from './daemon-parts.js';

interface BrokerOnlyOptions {
  /** Of each batch. */
  readonly rows: number;
  /** At once; 1 by default. */
  readonly connections?: number;
}

/** Only the daemon's work on the broker. The rows were claimed and recorded before. */
export function openBrokerOnly({ rows, connections = 1 }: BrokerOnlyOptions): OpenPeer {
  return async (access) => {
    const store = storeOf(access);
    const couriers = Array.from({ length: connections }, () => new QueueCourier(access.broker, access.queue));
    await Promise.all(couriers.map((courier) => courier.prepare()));
    let batches: (readonly Distribution[])[] = [];
    const work = async () => {
      const rest = batches.values();
      const lane = async (courier: QueueCourier) => {
        for (const batch of rest) await putAll(courier, batch.map(messageOf));
      };
      await Promise.all(couriers.map(lane));
    };
    let working = Promise.resolve();
    return {
      prepare: async () => {
        batches = await deliveredBatches(store, rows);
      },
      begin: () => (working = work()),
      rest: () => working,
    };
  };
}

/** Claims all rows, records them as sent, and returns them. */
async function deliveredBatches(
  store: PostgresDistributionStore,
  batchSize: number,
): Promise<(readonly Distribution[])[]> {
  const batches: (readonly Distribution[])[] = [];
  for (;;) {
    const claim = await store.claim(batchSize);
    if (claim.distributions.length === 0) {
      await claim.release();
      return batches;
    }
    batches.push(claim.distributions);
    await claim.record(sent(claim.distributions));
  }
}
