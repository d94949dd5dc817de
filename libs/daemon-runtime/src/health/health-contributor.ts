/** The parts that a daemon depends on, by their names in the health document. */
export type Part = 'database' | 'broker' | 'directory';

/** Knows how one part is doing. */
export interface HealthContributor {
  readonly part: Part;
  /** Called at most once per second, and never while a call is under way. No result within 2 seconds, or an error, counts as down. */
  check(): Promise<PartHealth>;
}

export interface PartHealth {
  /** `blocked`: connected, but nothing gets through. `unknown`: not tried yet. */
  readonly state: 'up' | 'down' | 'blocked' | 'unknown';
  /** Since when the state has been what it is. */
  readonly since: Date;
  /** Which database, broker or directory, without credentials. */
  readonly name?: string;
  /** Stable code and sentence of what is wrong; absent while up. */
  readonly code?: string;
  readonly text?: string;
}
