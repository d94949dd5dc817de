import { filesBelow, isSource, linesOf, parseFile } from './files.js';
import { functionLengths } from './function-lengths.js';
import { type Spread, spreadOf } from './spread.js';

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

const SMALL = 15;
