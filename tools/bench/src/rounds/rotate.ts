/** The same in another order for each round: it begins one further each time, so that nobody always follows the same. */
export function rotate<T>(items: readonly T[], round: number): readonly T[] {
  const start = items.length === 0 ? 0 : round % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
