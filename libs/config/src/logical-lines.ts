/** One entry of a properties file before it is taken apart: its natural lines joined, escapes still in place. */
export interface LogicalLine {
  readonly text: string;
  /** The number, from 1, of the natural line on which it starts. */
  readonly line: number;
}

/**
 * Joins natural lines as java.util.Properties does: blank lines and comments are dropped, the white space that leads a
 * line is not part of it, and an odd number of backslashes at its end continues it. A continuation is never a comment.
 */
export function logicalLines(text: string): readonly LogicalLine[] {
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
