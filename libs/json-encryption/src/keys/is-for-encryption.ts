import type { UnverifiedJwk } from './unverified-jwk.js';

/** Whether a JWK may be encrypted with, by its `use` and `key_ops`; a key that says neither may. */
export function isForEncryption({ use, key_ops: operations }: UnverifiedJwk): boolean {
  if (use !== undefined && use !== 'enc') return false;
  if (operations === undefined) return true;
  return (
    Array.isArray(operations) &&
    (operations.length === 0 || operations.some((operation) => ENCRYPTING.includes(String(operation))))
  );
}

/** A public key of an agreement has an empty list where WebCrypto wrote it. */
const ENCRYPTING = ['encrypt', 'wrapKey', 'deriveKey', 'deriveBits'];
