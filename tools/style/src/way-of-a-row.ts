/** A file of the list in docs/architecture.md, with the functions that are called in it on the way to the first SQL. */
export interface Step {
  readonly file: string;
  readonly functions: readonly string[];
}

/** The steps under the heading _The way of a row_, in their order. */
export function stepsIn(architecture: string): Step[] {
  const chapter = architecture.split(/^## /m).find((text) => text.startsWith(HEADING)) ?? '';
  return chapter
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .flatMap(([, number = '', file = '', functions = '']) =>
      /^\d+$/.test(number) ? [{ file: codeIn(file)[0] ?? '', functions: codeIn(functions) }] : [],
    );
}

function codeIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

const HEADING = 'The way of a row';
