import { WRITER_NAMES, WRITERS } from '../extras/writers.js';
import type { Findings } from './findings.js';
import { markdownTable } from './markdown-table.js';
import { type WakeUpFigures, wakeUpFigures } from './wake-up-figures.js';

/** What the triggers cost those who put rows in, as lines of Markdown; nothing where it was not measured. */
export function wakeUpTable(findings: Pick<Findings, 'wakeUpCost'>): string[] {
  const figures = wakeUpFigures(findings);
  return figures === null ? [] : markdownTable(HEAD, rowsOf(figures));
}

const HEAD = ['rows at `D` put in by', 'rows/s without triggers', 'rows/s with', 'with : without'];

function rowsOf(figures: WakeUpFigures): string[][] {
  return WRITER_NAMES.map((name) => {
    const { without, with: woken, ratio } = figures[name];
    return [WRITERS[name].title, without.toLocaleString('en'), woken.toLocaleString('en'), ratio.toFixed(2)];
  });
}
