import type { Configuration } from './configuration.js';
import { printable } from './printable.js';

/**
 * All effective properties for people, one line each: `key = value    # source`, sorted as they were loaded. It is not
 * a properties file, which knows no comments behind a value.
 */
export function renderProperties({ properties }: Configuration): string {
  const rows = properties.map(({ key, text = '', source }) => ({
    setting: `${key} = ${printable(text)}`.trimEnd(),
    source: printable(source),
  }));
  const width = Math.min(LONGEST_ALIGNED, Math.max(0, ...rows.map(({ setting }) => setting.length)));
  return rows.map(({ setting, source }) => `${setting.padEnd(width)}  # ${source}\n`).join('');
}

const LONGEST_ALIGNED = 80;
