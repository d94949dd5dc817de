import type { Fault, FaultKind } from './fault.js';
import { BROKER_STRIKES } from './broker-strikes.js';
import { DATABASE_STRIKES } from './database-strikes.js';
import { DAEMON_STRIKES } from './daemon-strikes.js';
import { DISK_STRIKES } from './disk-strikes.js';
import { ROW_STRIKES } from './row-strikes.js';
import type { Stage, Strike } from './stage.js';

/** Lets a fault strike now. Returns how to end it where it lasts. */
export function strike(stage: Stage, fault: Fault): (() => void) | undefined {
  const end = STRIKES[fault.kind](stage, fault);
  return typeof end === 'function' ? end : undefined;
}

const STRIKES: Record<FaultKind, Strike> = {
  ...DAEMON_STRIKES,
  ...BROKER_STRIKES,
  ...DATABASE_STRIKES,
  ...DISK_STRIKES,
  ...ROW_STRIKES,
};
