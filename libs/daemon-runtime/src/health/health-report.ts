import type { DaemonIdentity } from '../daemon.js';
import type { Cycle, LastError } from '../loop/cycle-recorder.js';
import type { LoopState } from '../loop/daemon-loop.js';
import type { Backlog } from './backlog.js';
import type { Part, PartHealth } from './part.js';

/**
 * - `up`: at work.
 * - `disabled`: configured to distribute nothing; healthy, whatever the state of its parts.
 * - `starting`: not at work yet, or a part has not been tried.
 * - `stuck`: the batch in hand does not end.
 * - `down`: a part is down or blocked, or the last batch failed; it tries again by itself.
 * - `stopping`: ends once the batch in hand has ended.
 */
export type HealthStatus = 'up' | 'disabled' | 'starting' | 'stuck' | 'down' | 'stopping';

/** The document at `/health`; times in ISO 8601. */
export interface HealthReport extends Partial<Record<Part, PartReport>> {
  readonly status: HealthStatus;
  readonly app: string;
  readonly version: string;
  /** As `comms.environment` names it; absent where it does not. */
  readonly environment?: string;
  readonly daemon: DaemonIdentity;
  /** The cycle in hand (`finishedAt` is null), or else the last one; null before the first. */
  readonly lastCycle: Cycle | null;
  /** Null when it cannot be counted. */
  readonly backlog: Backlog | null;
  /** What last kept the daemon from its work, however long ago; null when nothing has since the start. */
  readonly lastError: LastError | null;
}

/** `status` is the state of the part. */
export interface PartReport extends Omit<PartHealth, 'state'> {
  readonly status: PartHealth['state'];
}

/** Whether a daemon of this status does what it is configured to do. */
export function isHealthy(status: HealthStatus): boolean {
  return status === 'up' || status === 'disabled';
}

export function healthStatus(loop: LoopState, parts: readonly PartHealth[]): HealthStatus {
  if (loop === 'failing') return 'down';
  if (loop !== 'running') return loop;
  const states = parts.map(({ state }) => state);
  if (states.includes('down') || states.includes('blocked')) return 'down';
  return states.includes('unknown') ? 'starting' : 'up';
}

export function partReport({ state, ...rest }: PartHealth): PartReport {
  return { status: state, ...rest };
}
