import { BrokerConfig, BrokerEventLog, QueueConfig, QueueCourier } from '@comms/activemq';
import { type AssembledDaemon, EnvironmentConfig, type Runtime } from '@comms/daemon-runtime';
import { type Courier, RetryPolicy } from '@comms/delivery';
import type { OutboundMethod } from '@comms/distribution';
import {
  BacklogCounter,
  DatabaseHealth,
  DELIVERY_REQUIREMENTS,
  PostgresDistributionStore,
  WakeUpListener,
} from '@comms/distribution-store';
import { FileCourier, FileOutboxConfig } from '@comms/file-outbox';
import { createDocumentWriter } from '@comms/message-json';
import { CourierHealth } from './courier-health.js';
import { databaseOf, scopeOf } from './database.js';
import { DeliveryPoll } from './delivery-poll.js';
import { EncryptionConfig, openEncrypter } from './encryption.js';
import { ExtractConfig, RouteConfig } from './extract.config.js';
import { JsonEncoder } from './json-encoder.js';

/** What differs between the delivery daemons. */
export interface DeliveryKind {
  /** As operators see it, such as `Push To Handset`. */
  readonly activity: string;
  /** Which rows it reads. */
  readonly reads: OutboundMethod;
  /** Where its messages go. */
  readonly writes: (runtime: Runtime) => Courier;
}

/**
 * A whole delivery daemon, from its parts: rows of one method in PostgreSQL become JSON messages, plain or encrypted, on
 * a queue or in files. Rejects with an `EncryptionError` when there is no key to encrypt with.
 */
export async function deliveryDaemon(kind: DeliveryKind, runtime: Runtime): Promise<AssembledDaemon> {
  const { activity, reads, writes } = kind;
  const { configuration, log, clock } = runtime;
  const extract = configuration.get(ExtractConfig);
  const { environment } = configuration.get(EnvironmentConfig);
  const scope = scopeOf(runtime);

  const database = databaseOf(runtime);
  const store = new PostgresDistributionStore(database, { ...scope, method: reads });
  const encrypter = await openEncrypter(configuration.get(EncryptionConfig), log);
  const { dateFormat, timeZone, expireOnQueue } = extract;
  const writeDocument = createDocumentWriter({ dateFormat, timeZone, environment });
  const encoder = new JsonEncoder(writeDocument, { encrypter, environment, expireOnQueue });
  const courier = writes(runtime);
  const ports = { store, encoder, courier, retryPolicy: new RetryPolicy(extract) };
  const batches = new DeliveryPoll(ports, extract, runtime);
  const channel = `comms_awaiting_${reads.toLowerCase()}`;
  const wakeUp = new WakeUpListener({ database, channel, clock, log });

  return {
    identity: { type: 'Transmission', category: 'Comms', activity },
    schedule: extract.schedule,
    followUp: extract.followUp,
    enabled: extract.enabled,
    batchesInHand: extract.batchesInHand,
    parts: [new DatabaseHealth(database, clock, DELIVERY_REQUIREMENTS), new CourierHealth(courier, clock)],
    backlog: new BacklogCounter(database, { ...scope, methods: [reads] }),
    poll: () => batches.poll(),
    start(wake) {
      void courier.prepare();
      if (extract.enabled && extract.wakeUp) wakeUp.start(wake);
    },
    async stop() {
      await wakeUp.stop();
      await courier.stop();
      await encrypter?.stop();
      await database.stop();
    },
  };
}

/** Writes to the queue of `QueueConfig`. What happens between the daemon and its broker is logged and counted. */
export function toQueue({ configuration, log, registry }: Runtime): Courier {
  const courier = new QueueCourier(configuration.get(BrokerConfig), configuration.get(QueueConfig));
  courier.subscribe(new BrokerEventLog(log, registry).tell);
  return courier;
}

/** Writes to the directory of `FileOutboxConfig`. What its file system cannot do is logged. */
function toDirectory({ configuration, log }: Runtime): Courier {
  const { dirname } = configuration.get(FileOutboxConfig);
  if (dirname === undefined) throw new Error('the directory of the files is not set');
  return new FileCourier(dirname, (shortcoming) => {
    log.warn('directory degraded', { directory: dirname, ...shortcoming });
  });
}

/** Writes where `RouteConfig` says. */
export function toQueueOrDirectory(runtime: Runtime): Courier {
  return runtime.configuration.get(RouteConfig).type === 'queue' ? toQueue(runtime) : toDirectory(runtime);
}
