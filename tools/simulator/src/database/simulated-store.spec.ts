import type { Claim, DistributionStore } from '@comms/delivery';
import { describeDistributionStore } from '@comms/delivery/testing';
import { Random } from '../world/random.js';
import { stepped } from '../testing/stepped.js';
import { World } from '../world/world.js';
import { Database } from './database.js';
import { newRow, type Row } from './row.js';
import { SimulatedStore } from './simulated-store.js';

describeDistributionStore('the simulated store', () => {
  const world = new World(new Random(1));
  const database = new Database(world);
  const rules = {
    guarded: true,
    isolating: true,
    passesOverSetAside: true,
    measuresTexts: true,
    onMoment: () => undefined,
    onRecorded: () => undefined,
  };
  const row = (id: string): Row => {
    const found = database.rows.get(id);
    if (found === undefined) throw new Error(`no row ${id}`);
    return found;
  };
  const refuseOf = (id: string, refuses: Row['refuses']) => {
    database.rows.set(id, { ...row(id), refuses });
  };
  return Promise.resolve({
    store: steppedStore(world, new SimulatedStore(database, rules)),
    insert: (...distributions) => {
      for (const { retryCount, sending, ...content } of distributions)
        database.rows.set(content.distributionId, Object.assign(newRow(content), { retryCount, sending }));
      return Promise.resolve();
    },
    status: (id) => Promise.resolve(row(id).status),
    errorCode: (id) => Promise.resolve(row(id).errorCode),
    refuse: (id, statuses) => {
      refuseOf(id, statuses);
      return Promise.resolve();
    },
    release: (id) => {
      database.setAside.delete(id);
      refuseOf(id, []);
      return Promise.resolve();
    },
    requeue: (id) => {
      row(id).status = 'D';
      return Promise.resolve();
    },
    loseLocks: () => {
      for (const session of database.sessions) session.terminate();
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
});

/** Each call comes with the virtual time that it takes. */
function steppedStore(world: World, store: DistributionStore): DistributionStore {
  const steppedClaim = (claim: Claim): Claim => ({
    distributions: claim.distributions,
    more: claim.more,
    announce: (ids) => stepped(world, claim.announce(ids)),
    record: (verdicts, mayBePut) => stepped(world, claim.record(verdicts, mayBePut)),
    release: () => stepped(world, claim.release()),
  });
  return { claim: async (limit, longest) => steppedClaim(await stepped(world, store.claim(limit, longest))) };
}
