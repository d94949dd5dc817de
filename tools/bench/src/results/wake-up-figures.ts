import { WRITER_NAMES, type WriterName } from '../extras/writers.js';
import type { Findings } from './findings.js';

/** Medians of the rows a second, and the second as a part of the first. */
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
