import type { SubjectResults } from '../rounds/run-rounds.js';
import type { ScenarioResult } from '../scale/measure-scenario.js';
import type { SubjectName } from '../subjects/subjects.js';

/** All that a run has found. */
export interface Findings {
  readonly subjects: ReadonlyMap<SubjectName, SubjectResults>;
  /** From the commit of a row to the arrival of its message; null where it was not measured. */
  readonly latencyMs: Latency | null;
  /** The same where the database wakes the daemon. */
  readonly wokenLatencyMs: Latency | null;
  readonly idle: IdleCost | null;
  readonly scale: readonly ScenarioResult[];
  /** What could not be measured beside the rounds, and why. */
  readonly faults: readonly string[];
}

export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** What a daemon costs that finds nothing to do. */
export interface IdleCost {
  /** Of one core; null where the system does not tell. */
  readonly cpuPercent: number | null;
  readonly transactionsABeat: number;
}

export const EMPTY_FINDINGS: Findings = {
  subjects: new Map(),
  latencyMs: null,
  wokenLatencyMs: null,
  idle: null,
  scale: [],
  faults: [],
};
