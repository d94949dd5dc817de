import type { Properties } from '@comms/end-to-end';

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
  readonly signal: AbortSignal;
}
