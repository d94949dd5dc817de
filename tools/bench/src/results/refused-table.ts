import {
  REFUSING_BROKER_NAMES,
  refusingBroker,
  type RefusingBrokerName,
} from '../refused/refusing-brokers.js';
import type { Findings } from './findings.js';
import { markdownTable } from './markdown.js';

/** Rates of rows that a scripted broker refuses, as lines of Markdown; nothing where they were not measured. */
export function refusedTable({ refused }: Pick<Findings, 'refused'>): string[] {
  if (refused === null) return [];
  const rows = REFUSING_BROKER_NAMES.map((name) => {
    const { median, min, max } = refused[name];
    return [refusingBroker(name).title, whole(median), `${whole(min)}–${whole(max)}`];
  });
  return markdownTable(['a scripted broker refuses', 'rows/s', 'min–max'], rows);
}

/** Medians of the rows per second; null where they were not measured. */
export function refusedFigures({
  refused,
}: Pick<Findings, 'refused'>): Readonly<Record<RefusingBrokerName, number>> | null {
  if (refused === null) return null;
  const entries = REFUSING_BROKER_NAMES.map((name) => [name, Math.round(refused[name].median)]);
  return Object.fromEntries(entries) as Record<RefusingBrokerName, number>;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
