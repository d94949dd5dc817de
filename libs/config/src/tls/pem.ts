import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Parsed } from '../parse-value.js';

/** The text of a PEM file, whatever is around its blocks. A byte that is not ASCII belongs to a comment. */
export function readPem(path: string): Parsed<string> {
  try {
    return { value: readFileSync(path, 'latin1') };
  } catch (error) {
    return { problem: `cannot be read (${codeOf(error)})` };
  }
}

/** The code of an error of Node.js or OpenSSL. Neither holds anything of a file's content. */
export function codeOf(error: unknown): string {
  return (error as Partial<NodeJS.ErrnoException>).code ?? 'unknown';
}

/** What is wrong with a private key. `field` says whether the key itself or its passphrase is at fault. */
export interface PrivateKeyProblem {
  readonly field: 'keyFile' | 'passphrase';
  readonly problem: string;
}

/** The private key of a PEM text. A passphrase is ignored where the key is not encrypted. */
export function privateKey(
  text: string,
  passphrase: string | undefined,
): { readonly value: KeyObject } | PrivateKeyProblem {
  if (!PRIVATE_KEY.test(text)) return { field: 'keyFile', problem: 'holds no private key' };
  const encrypted = ENCRYPTED.test(text);
  if (encrypted && passphrase === undefined) {
    return { field: 'keyFile', problem: 'holds an encrypted private key, and no passphrase is set' };
  }
  try {
    return { value: createPrivateKey({ key: text, ...(passphrase !== undefined && { passphrase }) }) };
  } catch (error) {
    const code = codeOf(error);
    return encrypted && !code.includes('UNSUPPORTED')
      ? { field: 'passphrase', problem: 'does not open the private key' }
      : { field: 'keyFile', problem: `holds a private key that cannot be used (${code})` };
  }
}

const PRIVATE_KEY = /^-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/m;
const ENCRYPTED = /^-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m;
