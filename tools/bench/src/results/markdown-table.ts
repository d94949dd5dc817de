/** A table as aligned lines of Markdown; nothing where it has no rows. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [first = '', ...others] = all.map((row) =>
    line(widths.map((width, column) => (row[column] ?? '').padEnd(width))),
  );
  return [first, line(widths.map((width) => '-'.repeat(width))), ...others];
}
