import { BrokerConfig, QueueConfig } from '@comms/activemq';
import { loadConfiguration, renderFaults } from '@comms/config';
import { ExtractConfig } from '@comms/daemons';
import { DatasourceConfig } from '@comms/distribution-store';
import { FileOutboxConfig } from '@comms/file-outbox';

/** A way to bring rows to the queue that our daemon is measured against. */
interface Peer {
  /** Called once the rows are there; its time does not count. */
  prepare?(): Promise<void>;
  /** Works on what waits until `rest` is called. Resolves once it has begun. Failures end the process. */
  begin(): Promise<void>;
  /** Resolves when nothing is in hand any more. */
  rest(): Promise<void>;
}

/** Connects to database and broker. */
export type OpenPeer = (access: PeerAccess) => Promise<Peer>;

/** Where database, broker, queue and directory are, as the daemon would read it. */
export interface PeerAccess {
  readonly datasource: DatasourceConfig;
  readonly broker: BrokerConfig;
  readonly queue: QueueConfig;
  readonly extract: ExtractConfig;
  readonly files: FileOutboxConfig;
}

/** Reads the file that `COMMS_CONFIG` names. */
export async function readAccess(): Promise<PeerAccess> {
  const prefix = 'comms.handset.monitor';
  const { configuration, faults } = await loadConfiguration({
    sections: [
      { type: DatasourceConfig },
      { type: BrokerConfig },
      { type: QueueConfig, prefix },
      { type: ExtractConfig, prefix },
      { type: FileOutboxConfig, prefix },
    ],
    knownKeys: ['comms.health.host'],
  });
  if (faults !== undefined) throw new Error(renderFaults(faults));
  return {
    datasource: configuration.get(DatasourceConfig),
    broker: configuration.get(BrokerConfig),
    queue: configuration.get(QueueConfig),
    extract: configuration.get(ExtractConfig),
    files: configuration.get(FileOutboxConfig),
  };
}
