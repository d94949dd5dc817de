import { markdownTable } from './markdown.js';
import type { Summary } from './summary.js';

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
};

/** The least that each rate should be, in rows per second. */
const LEAST_RATES: readonly Bound[] = [['refused.all', 5_000, ({ refused }) => refused?.all ?? null]];

/** The most that each of the others should be; the first latency is 1.2 times half a beat of the default schedule. */
const MOST: readonly Bound[] = [
  ['rssMb', 150, ({ rssMb }) => rssMb],
  ['latencyMs.p50', 600, ({ latencyMs }) => latencyMs && Math.round(latencyMs.p50)],
  ['wokenLatencyMs.p50', 25, ({ wokenLatencyMs }) => wokenLatencyMs && Math.round(wokenLatencyMs.p50)],
  ['idle.cpuPercent', 1, ({ idle }) => idle && toTenth(idle.cpuPercent)],
  ['idle.transactionsPerBeat', 2, ({ idle }) => idle && toTenth(idle.transactionsPerBeat)],
];

type Bound = readonly [figure: string, bound: number, of: (summary: Summary) => number | null];

/** What was measured and what it should be, as lines of Markdown, without what was not measured. */
export function targetsTable(summary: Summary): string[] {
  const ratios = Object.entries(LEAST).flatMap(([figure, least]) => {
    const measured = summary.ratios[figure] ?? null;
    return measured === null ? [] : [row([figure, `at least ${least}`], measured, measured >= least)];
  });
  const rates = LEAST_RATES.flatMap(([figure, least, of]) => {
    const measured = of(summary);
    return measured === null ? [] : [row([figure, `at least ${least}`], measured, measured >= least)];
  });
  const others = MOST.flatMap(([figure, most, of]) => {
    const measured = of(summary);
    return measured === null ? [] : [row([figure, `at most ${most}`], measured, measured <= most)];
  });
  return markdownTable(['figure', 'target', 'measured', 'met'], [...ratios, ...rates, ...others]);
}

function row(target: [figure: string, text: string], measured: number, isMet: boolean): string[] {
  return [...target, String(measured), isMet ? 'yes' : 'no'];
}

function toTenth(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
