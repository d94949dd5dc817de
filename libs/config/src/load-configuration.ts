import type { Configuration } from './configuration.js';
import type { Fault } from './fault.js';

/**
 * Judges what no single field can tell. One rule a check: a check that reads a field which has a fault of its own
 * is left out, so that it never reports what follows from another fault.
 */
export type Check = (configuration: Configuration) => readonly Fault[] | Promise<readonly Fault[]>;
