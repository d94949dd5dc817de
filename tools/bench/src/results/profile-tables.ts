import { CODE_PART_NAMES, CODE_PARTS } from '../profile/code-parts.js';
import type { Profile } from './findings.js';
import { markdownTable } from './markdown.js';

/** How the daemon uses its processor time, as lines of Markdown. */
export function profileTables({
  threadPerRow,
  cpuPerRow,
  rowsPerSecond,
  parts,
  functions,
}: Profile): string[] {
  const partRows = CODE_PART_NAMES.map((name) => {
    const share = ((parts[name] / threadPerRow) * 100).toFixed(1);
    return [CODE_PARTS[name].title, us(parts[name]), share];
  });
  const functionRows = functions.map(({ name, place, time }) => [`\`${name}\``, `\`${place}\``, us(time)]);
  return [
    `- ${Math.round(rowsPerSecond).toLocaleString('en')} rows/s; ${us(threadPerRow)} µs per row of the main thread, ` +
      `${cpuPerRow === null ? '?' : us(cpuPerRow)} µs of all threads.`,
    '',
    ...markdownTable(['part of the main thread', 'µs per row', '%'], partRows),
    '',
    ...markdownTable(['function, without what it calls', 'where', 'µs per row'], functionRows),
  ];
}

function us(microseconds: number): string {
  return microseconds.toFixed(1);
}
