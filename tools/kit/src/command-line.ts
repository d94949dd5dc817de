import { parseArgs, type ParseArgsConfig } from 'node:util';
import { sentenceOf } from './command.js';

/** What a command line asks for: to run with these options or to print the usage; or what is wrong with it. */
export type Asked<T> = { readonly options: T } | { readonly help: true } | { readonly fault: string };

type Declaration = NonNullable<ParseArgsConfig['options']>;

type Values<D extends Declaration> = ReturnType<
  typeof parseArgs<{ readonly args: string[]; readonly options: D }>
>['values'];

/** Reads a command line. `optionsOf` checks the values, and throws where one is wrong; a fault is one sentence. */
export function parseCommandLine<D extends Declaration, T>(
  args: readonly string[],
  options: D,
  optionsOf: (values: Values<D>) => T,
): Asked<T> {
  try {
    const { values } = parseArgs({ args: [...args], options });
    if ('help' in values && values.help === true) return { help: true };
    return { options: optionsOf(values) };
  } catch (error) {
    return { fault: sentenceOf(error) };
  }
}

/** The least and the greatest number that an option takes. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The whole number that an option was given. Throws a sentence where it is none, or out of range. */
export function wholeNumber(option: string, text: string, { min, max }: Range): number {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(number >= min && number <= max)) {
    throw new Error(`${option} must be a whole number from ${min} to ${max}, not '${text}'`);
  }
  return number;
}
