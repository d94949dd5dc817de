/** The parts that a daemon depends upon, by their names in the health document. */
export type Part = 'database' | 'broker' | 'directory';

/** Knows how one part is doing. A feature provides an array of them under {@link HEALTH_CONTRIBUTORS}. */
export interface HealthContributor {
  readonly part: Part;
  /** Asked once a second at most, never twice at a time. No answer within 2 seconds, or a throw, counts as down. */
  check(): Promise<PartHealth>;
}

export const HEALTH_CONTRIBUTORS = Symbol('HealthContributors');

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
