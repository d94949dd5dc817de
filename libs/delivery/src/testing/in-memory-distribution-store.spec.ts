import { InMemoryDistributionStore, describeDistributionStore } from './index.js';

describeDistributionStore('the in-memory store', () => {
  const store = new InMemoryDistributionStore();
  return Promise.resolve({
    store,
    insert: (...distributions) => {
      store.insert(...distributions);
      return Promise.resolve();
    },
    status: (id) => Promise.resolve(store.row(id).status),
    requeue: (id) => {
      store.row(id).status = 'D';
      return Promise.resolve();
    },
    loseLocks: () => {
      store.loseLocks();
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
});
