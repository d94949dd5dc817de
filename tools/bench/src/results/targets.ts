import { markdownTable } from './markdown-table.js';
import type { Summary } from './summary.js';

/** The least that each ratio should be. */
const TARGETS: Readonly<Record<string, number>> = {
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

const MOST_RSS_MB = 150;

/** What was measured beside what it should be, as lines of Markdown; without what was not measured. */
export function targetsTable({ ratios, rssMb }: Summary): string[] {
  const rows = Object.entries(TARGETS).flatMap(([name, least]) => {
    const measured = ratios[name] ?? null;
    return measured === null ? [] : [[name, `at least ${least}`, String(measured), said(measured >= least)]];
  });
  const memory =
    rssMb === null ? [] : [['rssMb', `at most ${MOST_RSS_MB}`, String(rssMb), said(rssMb <= MOST_RSS_MB)]];
  return markdownTable(['figure', 'target', 'measured', 'met'], [...rows, ...memory]);
}

function said(isMet: boolean): string {
  return isMet ? 'yes' : 'no';
}
