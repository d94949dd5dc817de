import type { Parsed } from './parsed.js';
import type { ProcessInputs } from './process-inputs.js';
import { readTextFile } from './read-text-file.js';

/** The secret in a file. One line break at the end, which editors and `echo` leave there, is not part of it. */
export function readSecretFile(path: string, inputs: Pick<ProcessInputs, 'readFile'>): Parsed<string> {
  const text = readTextFile(path, inputs);
  if ('problem' in text) return text;
  const value = text.value.replace(/\r?\n$/, '');
  return value === '' ? { problem: 'is empty' } : { value };
}
