import type { WorkSize } from '../rounds/measure-subject.js';
import type { Servers } from '../servers/open-servers.js';

/** `rows` of each of so many rounds. */
export interface CapacitySize extends WorkSize {
  readonly rounds: number;
}

export interface CapacitySetting {
  readonly servers: Servers;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Of a push token. */
export const TARGET_BYTES = 160;
