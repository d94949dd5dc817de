import type { Pool } from 'pg';
import { brokerProperties, type Properties } from '@comms/daemon-stage';
import type { Guard } from '@comms/kit';
import type { Work } from '../work/work.js';
import type { Servers } from '../servers/open-servers.js';

/** One thing that is measured. */
export interface Subject {
  /** What it is, for the table. */
  readonly title: string;
  /** Where its messages arrive. */
  readonly to: 'queue' | 'files' | 'nowhere';
  /** Slow subjects get a twentieth of the rows, so that a run ends in time. That does not make them slower. */
  readonly slow?: true;
  work(pool: Pool, messageBytes: number): Work;
  start(setting: Setting): Promise<Contestant>;
}

/** The processes of one subject, connected and at rest. */
export interface Contestant {
  readonly pids: readonly number[];
  /** Resolves with what went wrong when one of them ends by itself; never otherwise. */
  readonly failure: Promise<Error>;
  /**
   * Lets it work on what was committed at that moment. Returns the moment from which on it could work: now for a
   * subject that must be told to begin, the commit for one that polls by itself.
   */
  begin(committed: number): Promise<number>;
  /** Resolves when it takes no new work and has nothing in hand. */
  rest(): Promise<void>;
  stop(): Promise<void>;
}

/** What a subject is started with. */
export interface Setting {
  /** Of the daemons; the other subjects read from them where database, broker and queue are. */
  readonly properties: Properties;
  /** Rows of a batch. */
  readonly batchSize: number;
  /** For its configuration, keys and logs. */
  readonly folder: string;
  /** For the files that it delivers. */
  readonly directory: string;
  /** The broker for Java clients; null where it lacks that. */
  readonly openWireUrl: string | null;
  /** Kills it where the benchmark ends before it. */
  readonly guard: Guard;
  readonly signal: AbortSignal;
}

/** A push-to-handset that is measured. */
interface Handset {
  readonly queue: string;
  readonly batchSize: number;
  readonly schedule: string;
  /** Whether the database notifies it of rows; false by default. */
  readonly wakeUp?: boolean;
}

/** The setting of a push-to-handset, or of a subject that replaces it. */
export function settingOf(servers: Servers, handset: Handset, signal: AbortSignal): Setting {
  const { databaseUrl, broker, folder, guard } = servers;
  const { queue, batchSize, schedule, wakeUp = false } = handset;
  const properties = {
    'comms.datasource.url': databaseUrl,
    ...brokerProperties(broker),
    'comms.health.host': '127.0.0.1',
    'comms.handset.monitor.extract.to.queue': queue,
    'comms.handset.monitor.extract.batch-size': batchSize,
    'comms.handset.monitor.extract.schedule': schedule,
    ...(wakeUp && { 'comms.handset.monitor.extract.wake-up': true }),
  };
  return { properties, batchSize, folder, directory: folder, openWireUrl: null, guard, signal };
}
