import type { TimeExclusionMode } from '@comms/distribution';

/** What every statement of a store depends on. */
export interface StoreScope {
  /** The schema of the tables. */
  readonly schema: string;
  readonly mode: TimeExclusionMode;
  /** The app that writes, for the audit columns. */
  readonly process: string;
}
