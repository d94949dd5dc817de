import { InMemoryMonitorStore } from './in-memory-monitor-store.js';
import { describeMonitorStore } from './monitor-store-contract.js';

describeMonitorStore('the in-memory store', () => {
  const store = new InMemoryMonitorStore();
  return Promise.resolve({
    store,
    insertDue: (task) => Promise.resolve(store.insert(task)),
    insertNotDue: () => Promise.resolve(store.insert(undefined)),
    isDone: (_, id) => Promise.resolve(store.isDone(id)),
    hold: (_, id) => {
      store.held.add(id);
      return Promise.resolve(() => {
        store.held.delete(id);
        return Promise.resolve();
      });
    },
    close: () => Promise.resolve(),
  });
});
