import type { JsonWebKey, KeyObject } from 'node:crypto';
import { concatKdf, otherInfo } from './concat-kdf.js';
import { ecSecretSource } from './ec-secret-source.js';
import { x25519SecretSource } from './x25519-secret-source.js';

/** A secret that the holder of a public key can find too, from the public half of an ephemeral key. */
export interface SharedSecret {
  readonly ephemeralKey: JsonWebKey;
  readonly secret: Uint8Array;
}

export interface Agreement {
  readonly ephemeralKey: JsonWebKey;
  /** 256 bits. */
  readonly wrappingKey: Buffer;
}

/**
 * Agrees on wrapping keys with the holder of a public key, each by an ephemeral key made for it (RFC 7518, section 4.6).
 *
 * Ephemeral keys are never exported from a KeyObject of `generateKeyPairSync`: in Node 20 a garbage collection during
 * the export of a key that has just been generated waits for ever, on the lock that the export itself holds.
 */
export function agreementWith(recipient: KeyObject): () => Agreement {
  const nextSecret =
    recipient.asymmetricKeyType === 'x25519' ? x25519SecretSource(recipient) : ecSecretSource(recipient);
  return () => {
    const { ephemeralKey, secret } = nextSecret();
    return { ephemeralKey, wrappingKey: concatKdf(secret, OTHER_INFO) };
  };
}

const OTHER_INFO = otherInfo({ algorithm: 'ECDH-ES+A256KW', keyBits: 256 });
