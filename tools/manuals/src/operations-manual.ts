import type { CodeInfo, CodeTable } from '@comms/daemons';
import { format } from 'prettier';

/**
 * The text of docs/operations.md with its tables of codes as the libraries have them now. Each stands between
 * `<!-- codes: name -->` and `<!-- end of codes: name -->`; all other text stays. Throws where a place has no table, or a
 * table no place.
 */
export function operationsManual(text: string, tables: Readonly<Record<string, CodeTable>>): Promise<string> {
  const placed = new Set<string>();
  const written = text.replace(PLACE, (_, name: string) => {
    const table = tables[name];
    if (table === undefined)
      throw new Error(`docs/operations.md has a place for codes that do not exist: ${name}`);
    placed.add(name);
    return `<!-- codes: ${name} -->\n\n${renderTable(table)}\n\n<!-- end of codes: ${name} -->`;
  });
  const missing = Object.keys(tables).filter((name) => !placed.has(name));
  if (missing.length > 0) throw new Error(`docs/operations.md has no place for codes: ${missing.join(', ')}`);
  return format(written, { parser: 'markdown', singleQuote: true, printWidth: 110 });
}

const PLACE = /<!-- codes: (\S+) -->.*?<!-- end of codes: \1 -->/gs;

function renderTable({ remedyIs, codes }: CodeTable): string {
  const rows = Object.entries(codes).map(([code, info]) => renderRow(code, info));
  return [`| code | means | ${remedyIs} |`, '| --- | --- | --- |', ...rows].join('\n');
}

function renderRow(code: string, { meaning, remedy }: CodeInfo): string {
  const cells = [
    `\`${code}\``,
    meaning.replace(BARE_KEY, '`$&`'),
    remedy.replaceAll('(operations.md#', '(#'),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** The key of a property in a meaning that is plain text. */
const BARE_KEY = /(?<![`\w])(?:comms|…extract)(?:\.[a-z-]+)+/g;
