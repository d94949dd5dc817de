import { getSystemErrorMap } from 'node:util';

import type { Parsed } from './parsed.js';
import type { ProcessInputs } from './process-inputs.js';

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

function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('errno' in error)) throw error;
  const [code, text] = getSystemErrorMap().get(Number(error.errno)) ?? ['unknown', 'unknown error'];
  return `${text} (${code})`;
}
