import type { English } from './english.js';
import type { Figures } from './figures.js';
import type { RetiredWords } from './retired-words.js';
import { MOST_WORDS } from './sentences.js';
import type { Spread } from './spread.js';
import type { Wiring } from './wiring.js';

/** Of 100 sentences of what is checked, as many may be long. */
const MOST_LONG_PERCENT = 3;

/** What was read of one folder. */
export interface FolderEnglish {
  readonly folder: string;
  readonly files: readonly English[];
}

/** How the source is cut, one line for each folder. */
export function renderFigures(figures: ReadonlyMap<string, Figures>): string {
  const rows = [...figures].map(([folder, { files, lines, ...rest }]) => [
    folder,
    String(files),
    String(lines),
    rest.filesPer1000Lines.toFixed(1),
    `${rest.smallFilesPercent.toFixed(0)} %`,
    renderSpread(rest.file),
    renderSpread(rest.method),
  ]);
  return renderTable([
    ['folder', 'files', 'lines', 'per 1,000', '≤ 15 lines', 'file 50/90/max', 'function 50/90/max'],
    ...rows,
  ]);
}

export function renderWiring(
  { symbols, useFactory, useExisting, files, lines }: Wiring,
  functions: number,
): string {
  return [
    `wiring: ${files} files, ${lines} lines; Symbol ${symbols}, useFactory ${useFactory}, useExisting ${useExisting}`,
    `functions from main.ts to client.query: ${functions}`,
  ].join('\n');
}

/** One line for each folder. */
export function renderEnglish(folders: readonly FolderEnglish[]): string {
  const rows = folders.map(({ folder, files }) => {
    const { sentences, long } = count(files);
    const retired = files.reduce((sum, file) => sum + file.retired.length, 0);
    return [folder, String(sentences), `${long} (${percent(long, sentences).toFixed(1)} %)`, String(retired)];
  });
  return renderTable([['folder', 'sentences', `> ${MOST_WORDS} words`, 'retired words'], ...rows]);
}

/** Why the check fails, one line for each place; none where it passes. */
export function faultsOf(folders: readonly FolderEnglish[], { words }: RetiredWords): string[] {
  const files = folders.flatMap((folder) => folder.files);
  const retired = files.flatMap(({ file, retired: uses }) =>
    uses.map(({ line, word }) => `${file}:${line} "${word}": write ${words[word] ?? 'another word'}`),
  );
  const { sentences, long } = count(files);
  if (percent(long, sentences) <= MOST_LONG_PERCENT) return retired;
  return [
    ...retired,
    ...files.flatMap(longSentences),
    `${long} of ${sentences} sentences have more than ${MOST_WORDS} words; ${MOST_LONG_PERCENT} of 100 may`,
  ];
}

function longSentences({ file, sentences }: English): string[] {
  return sentences
    .filter(({ words }) => words > MOST_WORDS)
    .map(({ line, text, words }) => `${file}:${line} ${words} words: ${text}`);
}

function count(files: readonly English[]): { readonly sentences: number; readonly long: number } {
  const sentences = files.flatMap((file) => file.sentences);
  return { sentences: sentences.length, long: sentences.filter(({ words }) => words > MOST_WORDS).length };
}

function percent(part: number, all: number): number {
  return all === 0 ? 0 : (part / all) * 100;
}

function renderSpread({ median, p90, max }: Spread): string {
  return `${median}/${p90}/${max}`;
}

function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
