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
    errorCode: (id) => Promise.resolve(store.row(id).code),
    refuse: (id, statuses) => {
      store.refusals.set(id, statuses);
      return Promise.resolve();
    },
    release: (id) => {
      store.setAside.delete(id);
      store.refusals.delete(id);
      return Promise.resolve();
    },
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
