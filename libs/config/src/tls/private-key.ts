import { createPrivateKey, type KeyObject } from 'node:crypto';
import { codeOf } from './read-pem.js';

/** What is wrong with a private key; `field` says whether with the key itself or with its passphrase. */
export interface PrivateKeyProblem {
  readonly field: 'keyFile' | 'passphrase';
  readonly problem: string;
}

/** The private key of a PEM text. A passphrase is passed over where the key is not encrypted. */
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
