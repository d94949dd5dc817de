import { SUBJECT_NAMES } from '../subjects/subject-names.js';
import { type SubjectName, subjectOf } from '../subjects/subjects.js';
import type { Findings } from './findings.js';
import { spreadOf } from './spread.js';
import type { SubjectResults } from '../rounds/run-rounds.js';

/** The results as lines of Markdown: a table of all subjects, and what was measured beside. */
export function tableOf({ subjects, latencyMs, idle, faults }: Findings): string[] {
  const rows = SUBJECT_NAMES.flatMap((name) => {
    const results = subjects.get(name);
    return results === undefined ? [] : [rowOf(name, results)];
  });
  return [
    ...(rows.length === 0 ? [] : aligned([HEAD, HEAD.map(() => '-'), ...rows])),
    ...(latencyMs === null
      ? []
      : [`Commit of a row to arrival of its message: p50 ${ms(latencyMs.p50)}, p99 ${ms(latencyMs.p99)}.`]),
    ...(idle === null
      ? []
      : [
          `An idle daemon: ${idle.cpuPercent?.toFixed(1) ?? '?'} % of a core, ` +
            `${idle.transactionsABeat.toFixed(1)} transactions a beat.`,
        ]),
    ...faults.map((fault) => `FAILED: ${fault}`),
  ];
}

const HEAD = ['subject', 'what it is', 'rows/s', 'min–max', 'peak RSS MiB', 'CPU ms/1,000 rows'];

function rowOf(name: SubjectName, { rounds, faults }: SubjectResults): string[] {
  const { title } = subjectOf(name);
  if (faults.length > 0)
    return [name, title, 'FAILED', `${faults.length} of ${faults.length + rounds.length}`, '', ''];
  const rates = spread(rounds.map(({ rowsPerSecond }) => rowsPerSecond));
  const rss = spread(rounds.flatMap(({ peakRssMb }) => peakRssMb ?? []));
  const cpu = spread(rounds.flatMap(({ cpuMsPer1000 }) => cpuMsPer1000 ?? []));
  const range = rates === null ? '' : `${whole(rates.min)}–${whole(rates.max)}`;
  return [name, title, whole(rates?.median), range, whole(rss?.max), whole(cpu?.median)];
}

function spread(values: readonly number[]) {
  const [first, ...others] = values;
  return first === undefined ? null : spreadOf([first, ...others]);
}

function whole(value: number | undefined): string {
  return value === undefined ? '' : Math.round(value).toLocaleString('en');
}

function ms(value: number): string {
  return `${whole(value)} ms`;
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0, cell === '-' ? '-' : ' '));
    return `| ${cells.join(' | ')} |`;
  });
}
