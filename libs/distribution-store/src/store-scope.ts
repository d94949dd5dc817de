import type { TimeExclusionMode } from '@comms/distribution';

/** What all that a store does to rows depends upon. */
export interface StoreScope {
  /** The schema of the tables. */
  readonly schema: string;
  readonly mode: TimeExclusionMode;
  /** The app that writes, for the audit columns. */
  readonly process: string;
}
