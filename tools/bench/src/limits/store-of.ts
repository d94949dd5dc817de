import { Database, PostgresDistributionStore } from '@comms/distribution-store';
import type { PeerAccess } from '../peers/read-access.js';

/** The store of push-to-handset, as the daemon makes it. */
export function storeOf({ datasource }: PeerAccess): PostgresDistributionStore {
  const process = 'comms-bench';
  return new PostgresDistributionStore(new Database(datasource, process), {
    schema: datasource.schema,
    mode: 'send-before',
    process,
    method: 'PUSH',
  });
}
