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
  /** Rows of a batch; null for what the subject does by default. */
  readonly batchSize: number | null;
  /** For its configuration, keys and logs. */
  readonly folder: string;
  /** For the files that it delivers. */
  readonly directory: string;
  /** The broker for Java clients; null where it lacks that. */
  readonly openWireUrl: string | null;
  /** The Node.js that it runs on. */
  readonly nodePath: string;
  /** Kills it where the benchmark ends before it. */
  readonly guard: Guard;
  readonly signal: AbortSignal;
}

/** A push-to-handset that is measured. */
interface Handset {
  readonly queue: string;
  readonly batchSize: number | null;
  /** As shipped by default. */
  readonly schedule?: string;
  /** Whether the database notifies it, and comms-monitor, of rows; false by default. */
  readonly wakeUp?: boolean;
  /** Whether it looks again soon after it has found rows; true by default. */
  readonly followUp?: boolean;
}

/** The setting of a push-to-handset, or of a subject that replaces it. */
export function settingOf(servers: Servers, handset: Handset, signal: AbortSignal): Setting {
  const { reach, nodePath, folder, guard } = servers;
  const { queue, batchSize, schedule, wakeUp, followUp } = handset;
  const properties = {
    'comms.datasource.url': reach.databaseUrl,
    ...brokerProperties(reach.broker),
    'comms.health.host': '127.0.0.1',
    'comms.handset.monitor.extract.to.queue': queue,
    ...(schedule !== undefined && { 'comms.handset.monitor.extract.schedule': schedule }),
    ...(wakeUp === true && { 'comms.handset.monitor.extract.wake-up': true, 'comms.monitor.wake-up': true }),
    ...(followUp === false && { 'comms.handset.monitor.extract.follow-up': false }),
  };
  return {
    properties,
    batchSize,
    folder,
    directory: folder,
    openWireUrl: reach.openWireUrl,
    nodePath,
    guard,
    signal,
  };
}
