import type { Against } from '../against/measure-against.js';
import type { Inputs } from '../capacity/inputs.js';
import type { WriterName } from '../extras/writers.js';
import type { CodePart } from '../profile/code-parts.js';
import type { FunctionTime } from '../profile/digest-profile.js';
import type { RefusedRates } from '../refused/measure-refused.js';
import type { SubjectResults } from '../rounds/run-rounds.js';
import type { ScenarioResult } from '../scale/measure-scenario.js';
import type { SubjectName } from '../subjects/subjects.js';
import type { Spread } from './statistics.js';

/** All that a run has found. */
export interface Findings {
  readonly subjects: ReadonlyMap<SubjectName, SubjectResults>;
  /** From the commit of a row to the arrival of its message; null where it was not measured. */
  readonly latencyMs: Latency | null;
  /** The same where the database notifies the daemon. */
  readonly wokenLatencyMs: Latency | null;
  readonly idle: IdleCost | null;
  /** What the triggers that notify the daemons cost programs that insert rows. */
  readonly wakeUpCost: WakeUpCost | null;
  /** Rows per second where a scripted broker refuses rows. */
  readonly refused: RefusedRates | null;
  readonly scale: readonly ScenarioResult[];
  readonly profile: Profile | null;
  /** Inputs of the model of docs/scale.md, besides figures of subjects. */
  readonly capacity: Partial<Inputs> | null;
  /** What this build costs compared with a release; null where it was not measured. */
  readonly against: Against | null;
  /** What could not be measured besides the rounds, and why. */
  readonly faults: readonly string[];
}

export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** What a daemon costs that finds nothing to do. */
export interface IdleCost {
  /** Of one core; null where the system does not show it. */
  readonly cpuPercent: number | null;
  readonly transactionsPerBeat: number;
}

/** For each way to insert rows: rows per second without the triggers and with them. */
export type WakeUpCost = Readonly<Record<WriterName, { readonly without: Spread; readonly with: Spread }>>;

/** Where the processor time of a plain daemon goes; all times in microseconds per row. */
export interface Profile {
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** Of the main thread; the parts add up to it. */
  readonly threadPerRow: number;
  /** Of all threads, such as those of garbage collection and the compiler; null where the system does not show it. */
  readonly cpuPerRow: number | null;
  readonly parts: Readonly<Record<CodePart, number>>;
  readonly functions: readonly FunctionTime[];
}

export const EMPTY_FINDINGS: Findings = {
  subjects: new Map(),
  latencyMs: null,
  wokenLatencyMs: null,
  idle: null,
  wakeUpCost: null,
  refused: null,
  scale: [],
  profile: null,
  capacity: null,
  against: null,
  faults: [],
};

/** Whether a run has no result, not even a fault, because all that was asked for was left out. */
export function measuredNothing(findings: Findings): boolean {
  const { subjects, scale, faults, ...others } = findings;
  const isEmpty = subjects.size === 0 && scale.length === 0 && faults.length === 0;
  return isEmpty && Object.values(others).every((figures) => figures === null);
}
