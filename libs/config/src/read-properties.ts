import { logicalLines } from './logical-lines.js';

/** One entry of a properties file. */
export interface PropertyEntry {
  readonly key: string;
  readonly value: string;
  /** The number, from 1, of the line on which the entry starts. */
  readonly line: number;
  /** Whether a `\u` without four hexadecimal digits stands in it; java.util.Properties refuses such a file. */
  readonly malformed: boolean;
}

/**
 * Reads the text of a properties file by the rules of java.util.Properties.load, every entry in the order in
 * which it stands: a key may come twice, and what is malformed is marked instead of thrown.
 */
export function readProperties(text: string): readonly PropertyEntry[] {
  return logicalLines(text).map((logical) => {
    const [, key = '', value = ''] = ENTRY.exec(logical.text) ?? [];
    return {
      key: unescape(key),
      value: unescape(value),
      line: logical.line,
      malformed: isMalformed(key) || isMalformed(value),
    };
  });
}

/** The key ends at the first `=`, `:` or white space without a backslash; one `=` or `:` may follow white space. */
const ENTRY = /^((?:\\.|[^\\=: \t\f])*)[ \t\f]*[=:]?[ \t\f]*(.*)$/s;
const ESCAPE = /\\(?:u([\da-fA-F]{4})|(.))/gs;
const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function unescape(text: string): string {
  return text.replace(ESCAPE, (_escape, hex: string | undefined, char: string) =>
    hex === undefined ? (CONTROLS[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function isMalformed(text: string): boolean {
  return Array.from(text.matchAll(ESCAPE)).some(([, , char]) => char === 'u');
}
