/** The key that is spelt most like `key`, by the number of letters to insert, drop or replace; the first of equals. */
export function nearestKey(key: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let shortest = Infinity;
  for (const candidate of known) {
    const distance = editDistance(key, candidate);
    if (distance < shortest) [nearest, shortest] = [candidate, distance];
  }
  return nearest;
}

/** The number of letters to insert, drop or replace. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const letter of a) row = nextRow(row, letter, b);
  return row.at(-1) ?? 0;
}

/** The next row of Levenshtein's table. */
function nextRow(above: readonly number[], letter: string, b: string): number[] {
  const row = [(above[0] ?? 0) + 1];
  for (let column = 1; column <= b.length; column++) {
    const replaced = (above[column - 1] ?? 0) + (b[column - 1] === letter ? 0 : 1);
    row.push(Math.min(replaced, (above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1));
  }
  return row;
}
