import type { Against } from '../against/measure-against.js';
import type { Inputs } from '../capacity/inputs.js';
import type { Findings, IdleCost, Latency, Profile } from './findings.js';
import { RATE_NAMES, type RateName, rateOf } from './rates.js';
import { refusedFigures } from './refused-table.js';
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
  readonly latencyMs: Latency | null;
  /** The same where the database notifies the daemon. */
  readonly wokenLatencyMs: Latency | null;
  readonly idle: IdleCost | null;
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
    rssMb: peakRss(findings),
    latencyMs: findings.latencyMs,
    wokenLatencyMs: findings.wokenLatencyMs,
    idle: findings.idle,
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

function peakRss({ subjects }: Findings): number | null {
  const peaks = subjects.get('plain')?.rounds.flatMap(({ peakRssMb }) => peakRssMb ?? []) ?? [];
  return peaks.length === 0 ? null : Math.round(Math.max(...peaks));
}

function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value);
}
