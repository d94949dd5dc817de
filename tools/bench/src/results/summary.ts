import type { Against } from '../against/measure-against.js';
import type { Inputs } from '../capacity/inputs.js';
import type {
  Burst,
  Findings,
  FollowUpCost,
  IdleCost,
  Latency,
  NetworkFigures,
  PriorityLatency,
  Profile,
  StartCost,
} from './findings.js';
import { RATE_NAMES, type RateName, rateOf } from './rates.js';
import { refusedFigures } from './refused-table.js';
import { spreadOf } from './statistics.js';
import { type WakeUpFigures, wakeUpFigures } from './wake-up-table.js';

/** The one JSON object of a run; what was not measured is null. */
export interface Summary {
  /** Whether every round of every subject took each row through exactly once. */
  readonly ok: boolean;
  /** Medians. */
  readonly rowsPerSecond: Readonly<Record<RateName, number | null>>;
  readonly ratios: Readonly<Record<string, number | null>>;
  /** The highest resident memory of the plain daemon in any round, in MiB. */
  readonly rssMb: number | null;
  /** What the daemon costs that writes files. */
  readonly files: FilesCost | null;
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
  readonly startMs: StartCost | null;
  /** Rates of inserts, without the triggers that notify the daemons and with them. */
  readonly wakeUpCost: WakeUpFigures | null;
  /** Rows per second where a scripted broker refuses rows; medians. */
  readonly refused: ReturnType<typeof refusedFigures>;
  readonly profile: Profile | null;
  /** Inputs of the model of docs/scale.md, besides figures of subjects. */
  readonly capacity: Partial<Inputs> | null;
  /** What this build costs compared with a release. */
  readonly against: Against | null;
}

/** Of one daemon that writes files. */
interface FilesCost {
  /** Processor time for 1,000 files, in milliseconds: the median. */
  readonly cpuMsPer1000: number;
  /** The highest resident memory in any round, in MiB. */
  readonly rssMb: number | null;
}

export function summaryOf(findings: Findings): Summary {
  const medians = Object.fromEntries(
    RATE_NAMES.map((name) => [name, rounded(rateOf(findings, name)?.median)]),
  ) as Record<RateName, number | null>;
  return {
    ok:
      findings.faults.length === 0 &&
      [...findings.subjects.values()].every(({ faults }) => faults.length === 0),
    rowsPerSecond: medians,
    ratios: Object.fromEntries(
      RATIOS.map(([over, under]) => [nameOf(over, under), ratio(medians, over, under)]),
    ),
    rssMb: peakRss(findings, 'plain'),
    files: filesCost(findings),
    latencyMs: findings.latencyMs,
    wokenLatencyMs: findings.wokenLatencyMs,
    mergedLatencyMs: findings.mergedLatencyMs,
    followUpCost: findings.followUpCost,
    network: findings.network,
    priorityLatency: findings.priorityLatency,
    burst: findings.burst,
    idle: findings.idle,
    startMs: findings.startMs,
    wakeUpCost: wakeUpFigures(findings),
    refused: refusedFigures(findings),
    profile: findings.profile,
    capacity: findings.capacity,
    against: findings.against,
  };
}

/** What is compared, and so has a target or shows a gain. */
const RATIOS: readonly (readonly [over: RateName, under: RateName])[] = [
  ['plain', 'serialLimit'],
  ['plain', 'rowAtATime'],
  ['plain', 'graphileWorker'],
  ['plain', 'pgBoss'],
  ['plain', 'pgBossTuned'],
  ['plain', 'pgTransactionalOutbox'],
  ['plain', 'camel'],
  ['symmetric', 'plain'],
  ['rsa', 'plain'],
  ['files', 'filesOnly'],
  ['replicas2', 'plain'],
  ['replicas4', 'plain'],
];

function nameOf(over: RateName, under: RateName): string {
  return `${over}To${under[0]?.toUpperCase() ?? ''}${under.slice(1)}`;
}

function ratio(
  medians: Readonly<Record<RateName, number | null>>,
  over: RateName,
  under: RateName,
): number | null {
  const [upper, lower] = [medians[over], medians[under]];
  return upper === null || lower === null ? null : Math.round((upper / lower) * 100) / 100;
}

function peakRss({ subjects }: Findings, name: 'plain' | 'files'): number | null {
  const peaks = subjects.get(name)?.rounds.flatMap(({ peakRssMb }) => peakRssMb ?? []) ?? [];
  return peaks.length === 0 ? null : Math.round(Math.max(...peaks));
}

function filesCost(findings: Findings): FilesCost | null {
  const [first, ...others] =
    findings.subjects.get('files')?.rounds.flatMap(({ cpuMsPer1000 }) => cpuMsPer1000 ?? []) ?? [];
  if (first === undefined) return null;
  return {
    cpuMsPer1000: Math.round(spreadOf([first, ...others]).median),
    rssMb: peakRss(findings, 'files'),
  };
}

function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value);
}
