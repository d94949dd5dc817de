import type { JsonWebKey } from 'node:crypto';
import type { EncryptionKey } from '../keys/encryption-key.js';

/** The protected header of a compact JWE whose plaintext is JSON, base64url. `epk` is the ephemeral key of an agreement. */
export function protectedHeader({ algorithm, kid }: EncryptionKey, epk?: JsonWebKey): string {
  const header = { alg: algorithm, enc: 'A256GCM', cty: 'json', kid, epk };
  return Buffer.from(JSON.stringify(header), 'utf8').toString('base64url');
}
