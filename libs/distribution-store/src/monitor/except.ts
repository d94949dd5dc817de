/** A further condition, where there are rows to pass over. */
export function except(column: string, ids: readonly string[]): string {
  return ids.length === 0 ? '' : `AND ${column} <> ALL ('{${ids.join(',')}}'::bigint[])`;
}
