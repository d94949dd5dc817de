import { getSystemErrorMap } from 'node:util';

import type { Fault } from './fault.js';
import type { Parsed } from './parse-value.js';

/** What a process is configured from. */
export interface ProcessInputs {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Throws Node's system errors, as `readFileSync` does. */
  readonly readFile: (path: string) => Uint8Array;
}

/** What one kind of source says, by key. */
export interface SourcedValues {
  readonly values: ReadonlyMap<string, SourcedText>;
  readonly faults: readonly Fault[];
}

export interface SourcedText {
  readonly text: string;
  /** As in {@link Fault}. */
  readonly source: string;
  /** The environment variable that holds the text, where one does. */
  readonly variable?: string;
  /** The path of the secret file that holds the text, where one does. */
  readonly secretFile?: string;
}

/** The text of a UTF-8 file, without its byte order mark. */
export function readTextFile(path: string, { readFile }: Pick<ProcessInputs, 'readFile'>): Parsed<string> {
  let bytes: Uint8Array;
  try {
    bytes = readFile(path);
  } catch (error) {
    return { problem: `cannot be read: ${reasonOf(error)}` };
  }
  try {
    return { value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: 'is not UTF-8' };
  }
}

/** The secret in a file, without one line break at the end, which editors and `echo` add. */
export function readSecretFile(path: string, inputs: Pick<ProcessInputs, 'readFile'>): Parsed<string> {
  const text = readTextFile(path, inputs);
  if ('problem' in text) return text;
  const value = text.value.replace(/\r?\n$/, '');
  return value === '' ? { problem: 'is empty' } : { value };
}

function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('errno' in error)) throw error;
  const [code, text] = getSystemErrorMap().get(Number(error.errno)) ?? ['unknown', 'unknown error'];
  return `${text} (${code})`;
}
