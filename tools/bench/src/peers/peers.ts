import { openBrokerOnly } from '../limits/broker-only.js';
import { openClaimOnly, openSerialLimit } from '../limits/serial-limits.js';
import { openEntriesOnly } from '../limits/entries-only.js';
import { openFilesOnly } from '../limits/files-only.js';
import { openGraphileWorker, openGraphileWorkerTuned } from './graphile-worker.js';
import type { OpenPeer } from './peer.js';
import { openPgBoss, openPgBossTuned } from './pg-boss.js';
import { openPgTransactionalOutbox } from './pg-transactional-outbox.js';
import { openRowAtATime } from './row-at-a-time.js';

export const PEERS = {
  claimOnly: openClaimOnly,
  entriesOnly: openEntriesOnly,
  brokerOnly200: openBrokerOnly({ rows: 200 }),
  brokerOnly500: openBrokerOnly({ rows: 500 }),
  brokerOnly1000: openBrokerOnly({ rows: 1_000 }),
  brokerOnly2000: openBrokerOnly({ rows: 2_000 }),
  brokerOnly2: openBrokerOnly({ rows: 1_000, connections: 2 }),
  filesOnly: openFilesOnly(48),
  serialLimit: openSerialLimit,
  rowAtATime: openRowAtATime,
  graphileWorker: openGraphileWorker,
  graphileWorkerTuned: openGraphileWorkerTuned,
  pgBoss: openPgBoss,
  pgBossTuned500: openPgBossTuned(500),
  pgBossTuned2000: openPgBossTuned(2_000),
  pgTransactionalOutbox: openPgTransactionalOutbox,
} satisfies Record<string, OpenPeer>;

export type PeerName = keyof typeof PEERS;
