import ts from 'typescript';
import { filesBelow, isSource, linesOf, parseFile } from './files.js';

/** How the source of a folder is cut into files and functions. */
export interface Figures {
  readonly files: number;
  readonly lines: number;
  readonly filesPer1000Lines: number;
  /** The share of files with at most 15 lines, in percent. */
  readonly smallFilesPercent: number;
  readonly file: Spread;
  readonly method: Spread;
}

/** Lengths in lines. */
export interface Spread {
  readonly median: number;
  readonly p90: number;
  readonly max: number;
}

export function figuresOf(folder: string): Figures {
  const sources = filesBelow(folder).filter(isSource).map(parseFile);
  const lengths = sources.map(linesOf);
  const lines = lengths.reduce((sum, length) => sum + length, 0);
  return {
    files: sources.length,
    lines,
    filesPer1000Lines: (sources.length / lines) * 1_000,
    smallFilesPercent: (lengths.filter((length) => length <= SMALL).length / sources.length) * 100,
    file: spreadOf(lengths),
    method: spreadOf(sources.flatMap(functionLengths)),
  };
}

/** The length of each function, those inside it included; arrow functions on one line are left out. */
export function functionLengths(source: ts.SourceFile): number[] {
  const lengths: number[] = [];
  const visit = (node: ts.Node) => {
    const length = lineAt(source, node.end) - lineAt(source, node.getStart(source)) + 1;
    if (ts.isFunctionLike(node) && 'body' in node && node.body && !(ts.isArrowFunction(node) && length === 1))
      lengths.push(length);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lengths;
}

/** By the nearest rank; zeros where there is nothing. */
export function spreadOf(lengths: readonly number[]): Spread {
  const sorted = [...lengths].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { median: rank(0.5), p90: rank(0.9), max: rank(1) };
}

function lineAt(source: ts.SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line;
}

const SMALL = 15;
