import { type KeyObject, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import type { SharedSecret } from './ecdh-es.js';

/** Secrets shared with the holder of an X25519 key. */
export function x25519SecretSource(recipient: KeyObject): () => SharedSecret {
  return () => {
    const { privateKey } = generateKeyPairSync('x25519');
    const publicKey = diffieHellman({ privateKey, publicKey: BASE_POINT });
    const ephemeralKey = { kty: 'OKP', crv: 'X25519', x: publicKey.toString('base64url') };
    return { ephemeralKey, secret: diffieHellman({ privateKey, publicKey: recipient }) };
  };
}

/** Agreeing with the base point gives one's own public key (RFC 7748, section 6.1). */
const BASE_POINT = createPublicKey({
  format: 'jwk',
  key: { kty: 'OKP', crv: 'X25519', x: Buffer.alloc(32).fill(9, 0, 1).toString('base64url') },
});
