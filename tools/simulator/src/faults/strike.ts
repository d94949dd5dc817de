import type { Fault, FaultKind } from './fault.js';
import { BROKER_STRIKES } from './broker-strikes.js';
import { DATABASE_STRIKES } from './database-strikes.js';
import { DAEMON_STRIKES } from './daemon-strikes.js';
import { DISK_STRIKES } from './disk-strikes.js';
import { ROW_STRIKES } from './row-strikes.js';
import type { System, Strike } from './system.js';

/** Lets a fault strike now. Returns how to end it where it lasts. */
export function strike(system: System, fault: Fault): (() => void) | undefined {
  const end = STRIKES[fault.kind](system, fault);
  return typeof end === 'function' ? end : undefined;
}

const STRIKES: Record<FaultKind, Strike> = {
  ...DAEMON_STRIKES,
  ...BROKER_STRIKES,
  ...DATABASE_STRIKES,
  ...DISK_STRIKES,
  ...ROW_STRIKES,
};
