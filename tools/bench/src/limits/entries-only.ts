import { Database, PostgresMonitorStore } from '@comms/distribution-store';
import type { OpenPeer } from '../peers/peer.js';

/** Only comms-monitor's work on merged targets: it makes their entries until all are made. */
export const openEntriesOnly: OpenPeer = async ({ datasource, extract }) => {
  const process = 'comms-bench';
  const store = new PostgresMonitorStore(new Database(datasource, process), {
    schema: datasource.schema,
    mode: 'send-before',
    process,
  });
  await store.pending();
  const work = async () => {
    for (let made = extract.batchSize; made === extract.batchSize;) {
      made = await store.perform('create-entries', extract.batchSize);
    }
  };
  let working = Promise.resolve();
  return {
    begin: () => (working = work()),
    rest: () => working,
  };
};
