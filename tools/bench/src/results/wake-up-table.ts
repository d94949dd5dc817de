import { WRITER_NAMES, type WriterName, WRITERS } from '../extras/writers.js';
import type { Findings } from './findings.js';
import { markdownTable } from './markdown.js';

/** What the triggers cost programs that insert rows, as lines of Markdown; nothing where it was not measured. */
export function wakeUpTable(findings: Pick<Findings, 'wakeUpCost'>): string[] {
  const figures = wakeUpFigures(findings);
  return figures === null ? [] : markdownTable(HEAD, rowsOf(figures));
}

const HEAD = ['rows at `D` inserted by', 'rows/s without triggers', 'rows/s with triggers', 'ratio'];

function rowsOf(figures: WakeUpFigures): string[][] {
  return WRITER_NAMES.map((name) => {
    const { without, with: woken, ratio } = figures[name];
    return [WRITERS[name].title, without.toLocaleString('en'), woken.toLocaleString('en'), ratio.toFixed(2)];
  });
}

/** Medians of the rows per second, and the ratio of the second to the first. */
export type WakeUpFigures = Readonly<
  Record<WriterName, { readonly without: number; readonly with: number; readonly ratio: number }>
>;

/** Null where it was not measured. */
export function wakeUpFigures({ wakeUpCost }: Pick<Findings, 'wakeUpCost'>): WakeUpFigures | null {
  if (wakeUpCost === null) return null;
  const entries = WRITER_NAMES.map((name) => {
    const { without, with: woken } = wakeUpCost[name];
    const ratio = Math.round((woken.median / without.median) * 100) / 100;
    return [name, { without: Math.round(without.median), with: Math.round(woken.median), ratio }];
  });
  return Object.fromEntries(entries) as WakeUpFigures;
}
