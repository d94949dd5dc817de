import { INPUT_NAMES, type InputName, type Inputs, INPUTS } from '../capacity/inputs.js';
import { markdownTable } from '../results/markdown.js';
import type { Spread } from '../results/statistics.js';

/** Inputs as lines of Markdown, without those that were not measured. */
export function inputsTable(inputs: Partial<Inputs>): string[] {
  const rows = INPUT_NAMES.flatMap((name) => {
    const spread = inputs[name];
    return spread === undefined ? [] : [rowOf(name, spread)];
  });
  return markdownTable(['input', 'what it is', 'measured', 'min–max', 'by'], rows);
}

/** The inputs of a text that holds such a table. */
export function readInputs(text: string): Partial<Inputs> {
  const entries = INPUT_NAMES.flatMap((name): [InputName, Spread][] => {
    const [, row] = new RegExp(`^\\| ${cellOf(name)} +\\|(.*)\\|$`, 'm').exec(text) ?? [];
    if (row === undefined) return [];
    const [, measured = '', range = ''] = row.split('|');
    const [min, max] = range.trim() === '' ? [measured, measured] : range.split('–');
    return [[name, { median: numberOf(measured), min: numberOf(min), max: numberOf(max) }]];
  });
  return Object.fromEntries(entries);
}

function rowOf(name: InputName, { median, min, max }: Spread): string[] {
  const { title, by } = INPUTS[name];
  const range = min === max ? '' : `${figure(min)}–${figure(max)}`;
  return [cellOf(name), title, figure(median), range, `\`${by}\``];
}

function cellOf(name: InputName): string {
  return `\`${name}\``;
}

/** Tenths below 10, whole numbers above. */
function figure(value: number): string {
  return (value < 10 ? Math.round(value * 10) / 10 : Math.round(value)).toLocaleString('en');
}

function numberOf(text = ''): number {
  return Number(text.replaceAll(',', ''));
}
