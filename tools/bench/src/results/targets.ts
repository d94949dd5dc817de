import { markdownTable } from './markdown.js';
import type { Summary } from './summary.js';

/** A figure, its limit, and where it is found. */
type Figure = readonly [figure: string, limit: number, of: (summary: Summary) => number | null];

/** The least that each ratio should be. */
const LEAST: Readonly<Record<string, number>> = {
  plainToSerialLimit: 1.3,
  plainToRowAtATime: 8,
  plainToGraphileWorker: 8,
  plainToPgBoss: 4,
  plainToPgBossTuned: 1.5,
  plainToCamel: 1,
  symmetricToPlain: 0.85,
  rsaToPlain: 0.6,
  replicas2ToPlain: 1,
  filesToFilesOnly: 0.8,
};

/** The least that each of the others should be. */
const LEAST_OTHERS: readonly Figure[] = [
  ['burstToSteady', 0.8, ({ burst }) => burst && Math.round((burst.burst / burst.steady) * 100) / 100],
  ['refused.all', 5_000, ({ refused }) => refused?.all ?? null],
];

/** The most that each of the others should be; latencies are of 200 rows per second. */
const MOST: readonly Figure[] = [
  ['rssMb', 150, ({ rssMb }) => rssMb],
  ['files.cpuMsPer1000', 400, ({ files }) => files?.cpuMsPer1000 ?? null],
  ['files.rssMb', 150, ({ files }) => files?.rssMb ?? null],
  ['latencyMs.p50', 40, ({ latencyMs }) => latencyMs?.p50 ?? null],
  ['latencyMs.p99', 150, ({ latencyMs }) => latencyMs?.p99 ?? null],
  ['mergedLatencyMs.p50', 40, ({ mergedLatencyMs }) => mergedLatencyMs?.p50 ?? null],
  ['mergedLatencyMs.p99', 150, ({ mergedLatencyMs }) => mergedLatencyMs?.p99 ?? null],
  ['wokenLatencyMs.p50', 15, ({ wokenLatencyMs }) => wokenLatencyMs?.p50 ?? null],
  ['idle.cpuPercent', 0.4, ({ idle }) => idle && toTenth(idle.cpuPercent)],
  ['idle.transactionsPerBeat', 1.2, ({ idle }) => idle && toTenth(idle.transactionsPerBeat)],
  ['startMs.wall', 600, ({ startMs }) => startMs?.wall ?? null],
  ['startMs.cpu', 700, ({ startMs }) => startMs?.cpu ?? null],
];

/** What was measured and what it should be, as lines of Markdown, without what was not measured. */
export function targetsTable(summary: Summary): string[] {
  const ratios = Object.entries(LEAST).flatMap(([figure, least]) => {
    const measured = summary.ratios[figure] ?? null;
    return measured === null ? [] : [row([figure, `at least ${least}`], measured, measured >= least)];
  });
  const more = LEAST_OTHERS.flatMap(([figure, least, of]) => {
    const measured = of(summary);
    return measured === null ? [] : [row([figure, `at least ${least}`], measured, measured >= least)];
  });
  const others = MOST.flatMap(([figure, most, of]) => {
    const measured = of(summary);
    return measured === null ? [] : [row([figure, `at most ${most}`], measured, measured <= most)];
  });
  return markdownTable(['figure', 'target', 'measured', 'met'], [...ratios, ...more, ...others]);
}

function row(target: [figure: string, text: string], measured: number, isMet: boolean): string[] {
  return [...target, String(measured), isMet ? 'yes' : 'no'];
}

function toTenth(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
