import { readFileSync } from 'node:fs';
import type { Parsed } from '../parsed.js';

/** The text of a PEM file, whatever stands around its blocks; a byte that is no ASCII belongs to a comment. */
export function readPem(path: string): Parsed<string> {
  try {
    return { value: readFileSync(path, 'latin1') };
  } catch (error) {
    return { problem: `cannot be read (${codeOf(error)})` };
  }
}

/** The code of an error of Node.js or OpenSSL; neither holds anything of a file's content. */
export function codeOf(error: unknown): string {
  return (error as Partial<NodeJS.ErrnoException>).code ?? 'unknown';
}
