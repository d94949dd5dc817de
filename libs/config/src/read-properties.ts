/** One entry of a properties file. */
export interface PropertyEntry {
  readonly key: string;
  readonly value: string;
  /** The number, from 1, of the line on which the entry starts. */
  readonly line: number;
  /** Whether it holds a `\u` without four hexadecimal digits, which java.util.Properties refuses. */
  readonly malformed: boolean;
}

/**
 * Reads the text of a properties file by the rules of java.util.Properties.load. Entries keep their order, and a key may
 * come twice. A malformed entry is marked instead of thrown, so that all faults of a file can be reported with their lines.
 * The packages for this format throw at the first one, without its line.
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

/** One entry of a properties file before it is split into key and value. Its lines are joined, its escapes still there. */
interface LogicalLine {
  readonly text: string;
  /** The number, from 1, of the natural line on which it starts. */
  readonly line: number;
}

/**
 * Joins lines as java.util.Properties does. Blank lines, comments and the white space at the start of a line are dropped.
 * An odd number of backslashes at the end of a line continues it. A continuation is never a comment.
 */
function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let begun: LogicalLine = { text: '', line: 0 };
  for (const [index, natural] of text.split(/\r\n|\r|\n/).entries()) {
    const part = natural.replace(LEADING_WHITE_SPACE, '');
    if (begun.text === '' && IGNORED.test(part)) continue;
    const continued = endsInOddBackslashes(part);
    const line = begun.text === '' ? index + 1 : begun.line;
    begun = { text: begun.text + (continued ? part.slice(0, -1) : part), line };
    if (continued) continue;
    lines.push(begun);
    begun = { text: '', line: 0 };
  }
  return begun.text === '' ? lines : [...lines, begun];
}

const LEADING_WHITE_SPACE = /^[ \t\f]+/;
const IGNORED = /^(?:[#!]|$)/;

function endsInOddBackslashes(text: string): boolean {
  const backslashes = /\\*$/.exec(text)?.[0].length ?? 0;
  return backslashes % 2 === 1;
}
