import { getMetadataArgsStorage } from 'typeorm';
import type { TableRequirement } from '../health/schema-requirements.js';

/** The rights that a user needs for all of this, one each, such as `SELECT table column` or `DELETE table`; sorted. */
export function rightsNeeded(requirements: readonly TableRequirement[]): string[] {
  return requirements.flatMap(rightsOn).sort();
}

function rightsOn({ entity, read, update, insert = [], delete: deleted = [] }: TableRequirement): string[] {
  const table = String(getMetadataArgsStorage().filterTables(entity)[0]?.name);
  const on = (right: string, columns: readonly string[]) =>
    [...new Set(columns)].map((column) => `${right} ${table} ${column}`);
  const removal = deleted.length > 0 ? [`DELETE ${table}`] : [];
  return [...on('SELECT', read), ...on('INSERT', insert), ...on('UPDATE', update), ...removal];
}
