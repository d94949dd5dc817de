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
  /** From the commit of a merged target, through comms-monitor. */
  readonly mergedLatencyMs: Latency | null;
  readonly followUpCost: readonly FollowUpCost[] | null;
  readonly network: readonly NetworkFigures[] | null;
  readonly priorityLatency: readonly PriorityLatency[] | null;
  readonly burst: Burst | null;
  readonly idle: IdleCost | null;
  /** From the start of a process to the arrival of the message of a row that waits. */
  readonly startMs: StartCost | null;
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

/** What happens in a second at a steady rate of rows, without follow-up and with it. */
export interface FollowUpCost {
  readonly rowsPerSecond: number;
  readonly without: SecondCost;
  readonly with: SecondCost;
}

export interface SecondCost {
  /** Processor time in milliseconds. */
  readonly daemonMs: number;
  readonly databaseMs: number;
  readonly brokerMs: number;
  readonly transactions: number;
  readonly walBytes: number;
}

/** Medians of rows per second with one round trip to both servers; null for what was not measured. */
export interface NetworkFigures {
  readonly roundTripMs: number;
  /** The version of Node.js that the subjects ran on. */
  readonly node: string;
  readonly rates: Readonly<
    Record<'plain' | 'plainLarge' | 'replicas2' | 'brokerOnly' | 'serialLimit' | 'pgBossTuned', number | null>
  >;
  /** How many cores of the machine were at work in a round of `plain`. */
  readonly coresOfPlain: number | null;
}

/** From the commit of a row of high priority to the arrival of its message, behind a backlog; in milliseconds. */
export interface PriorityLatency extends Latency {
  readonly title: string;
  readonly max: number;
  /** At which the backlog arrived meanwhile. */
  readonly rowsPerSecond: number;
}

/** Rows per second of 5,000 rows after idling, and of a backlog. */
export interface Burst {
  readonly burst: number;
  readonly steady: number;
}

/** What a daemon costs that finds nothing to do. */
export interface IdleCost {
  /** Of one core; null where the system does not show it. */
  readonly cpuPercent: number | null;
  readonly transactionsPerBeat: number;
}

/** What the start of a daemon costs, in milliseconds. */
export interface StartCost {
  readonly wall: number;
  /** Processor time; null where the system does not show it. */
  readonly cpu: number | null;
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
  mergedLatencyMs: null,
  followUpCost: null,
  network: null,
  priorityLatency: null,
  burst: null,
  idle: null,
  startMs: null,
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
