import ts from 'typescript';
import { tokensOf } from './source-texts.js';

/**
 * The length of each function in lines, those inside it included; arrow functions on one line are left out. As for the
 * linter, blank lines and lines with nothing but a comment do not count.
 */
export function functionLengths(source: ts.SourceFile): number[] {
  const lengths: number[] = [];
  const visit = (node: ts.Node) => {
    if (isWritten(node)) {
      const length = linesWithCode(node, source);
      if (!(ts.isArrowFunction(node) && length === 1)) lengths.push(length);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lengths;
}

/** Whether a node is a function with a body, and no type of one. */
function isWritten(node: ts.Node): boolean {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function linesWithCode(node: ts.Node, source: ts.SourceFile): number {
  const lines = new Set<number>();
  for (const token of tokensOf(node, source)) {
    const start = token.getStart(source);
    if (start === token.end) continue;
    const last = lineAt(source, token.end);
    for (let line = lineAt(source, start); line <= last; line += 1) lines.add(line);
  }
  return lines.size;
}

function lineAt(source: ts.SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line;
}
