import { describeMonitorStore } from '@comms/delivery/testing';
import { aDistribution } from '@comms/distribution/testing';
import { stepped } from '../testing/stepped.js';
import { Random } from '../world/random.js';
import { World } from '../world/world.js';
import { Database } from './database.js';
import { newRow } from './row.js';
import { SimulatedMonitorStore } from './simulated-monitor-store.js';

describeMonitorStore(
  'the simulated monitor store',
  () => {
    const world = new World(new Random(1));
    const database = new Database(world);
    const store = new SimulatedMonitorStore(database);
    const insert = (retryAt: number) => {
      const id = String(database.rows.size + 1);
      const row = newRow(aDistribution({ distributionId: id }));
      database.rows.set(id, Object.assign(row, { status: 'R', retryAt }));
      return Promise.resolve(id);
    };
    return Promise.resolve({
      store: {
        pending: () => stepped(world, store.pending()),
        perform: (task, limit) => stepped(world, store.perform(task, limit)),
      },
      insertDue: () => insert(world.now),
      insertNotDue: () => insert(Infinity),
      isDone: (_, id) => Promise.resolve(database.rows.get(id)?.status === 'D'),
      hold: async (_, id) => {
        const session = await stepped(world, database.connect());
        session.lock([...database.rows.values()].filter((row) => row.id === id));
        return () => {
          session.terminate();
          return Promise.resolve();
        };
      },
      close: () => Promise.resolve(),
    });
  },
  ['release-retries'],
);
