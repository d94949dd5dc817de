import type { Configuration } from './configuration.js';
import type { Fault } from './fault.js';

/** The faults as text for standard error, one line each. */
export function renderFaults(faults: readonly Fault[]): string {
  return faults.map((fault) => `${printable(renderFault(fault))}\n`).join('');
}

function renderFault({ key, source, problem, allowed, nearest, severity }: Fault): string {
  const origin = source === undefined ? '' : ` (${source})`;
  const rule = allowed === undefined ? '' : `; allowed: ${allowed}`;
  const hint =
    nearest === undefined
      ? ''
      : `; the nearest known ${nearest.includes('.') ? 'key' : 'variable'} is ${nearest}`;
  const rank = severity === undefined ? '' : `${severity}: `;
  return `${rank}${key}${origin}: ${problem}${rule}${hint}`;
}

/**
 * All effective properties for people, one line each: `key = value    # source`, in the order in which they were loaded.
 * It is not a properties file: there, a comment cannot follow a value.
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

/** Text in one line that a terminal shows as text: control, format and line-breaking characters are escaped. */
function printable(text: string): string {
  return text.replace(UNPRINTABLE, (char) => NAMED[char] ?? escaped(char.codePointAt(0) ?? 0));
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f' };

function escaped(codePoint: number): string {
  return `\\u${codePoint.toString(16).padStart(4, '0')}`;
}
