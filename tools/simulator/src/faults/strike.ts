import type { Fault, FaultKind } from './fault.js';
import { BROKER_STRIKES } from './broker-strikes.js';
import { DATABASE_STRIKES } from './database-strikes.js';
import { DAEMON_STRIKES } from './daemon-strikes.js';
import { DISK_STRIKES } from './disk-strikes.js';
import { ROW_STRIKES } from './row-strikes.js';
import type { Stage } from './stage.js';

/** Does a fault now; answers how to end it, for one that lasts. */
export function strike(stage: Stage, fault: Fault): (() => void) | undefined {
  const end = STRIKES[fault.kind](stage, fault);
  return typeof end === 'function' ? end : undefined;
}

/** A fault that ends by itself answers nothing. */
export type Strike = (stage: Stage, fault: Fault) => (() => void) | undefined;

const STRIKES: Record<FaultKind, Strike> = {
  ...DAEMON_STRIKES,
  ...BROKER_STRIKES,
  ...DATABASE_STRIKES,
  ...DISK_STRIKES,
  ...ROW_STRIKES,
};
