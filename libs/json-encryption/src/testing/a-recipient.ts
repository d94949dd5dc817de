import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { type CompactJWEHeaderParameters, type JWK, compactDecrypt, importJWK } from 'jose';
import type { KeyAlgorithm } from '../keys/key-algorithm.js';
import { type PemPair, aPemPair } from './a-pem-pair.js';

/** Someone for whom messages are encrypted. */
export interface Recipient {
  /** What a key file holds of the key: symmetric, or public. */
  readonly jwk: JWK;
  /** What only the recipient holds. */
  readonly privateJwk: JWK;
  /** Opens a compact JWE by the jose library; throws where it was altered or is for another. */
  open(jwe: string): Promise<OpenedMessage>;
}

export interface OpenedMessage {
  readonly header: CompactJWEHeaderParameters;
  readonly text: string;
}

export interface RecipientOptions {
  readonly algorithm?: KeyAlgorithm;
  readonly kid?: string;
  /** Of a key agreement; P-256 where absent. */
  readonly curve?: string;
}

/** A recipient with a new key of the given algorithm, `RSA-OAEP-256` where none is given. */
export async function aRecipient(options: RecipientOptions = {}): Promise<Recipient> {
  const { algorithm = 'RSA-OAEP-256', kid = 'test-key', curve = 'P-256' } = options;
  const { jwk, privateJwk } = newKeys(algorithm, curve);
  const members = { kid, alg: algorithm };
  const key = await importJWK({ ...privateJwk, ...members });
  return {
    jwk: { ...jwk, ...members },
    privateJwk: { ...privateJwk, ...members },
    open: async (jwe) => {
      const { plaintext, protectedHeader } = await compactDecrypt(jwe, key);
      return { header: protectedHeader, text: Buffer.from(plaintext).toString('utf8') };
    },
  };
}

interface JwkPair {
  readonly jwk: JWK;
  readonly privateJwk: JWK;
}

function newKeys(algorithm: KeyAlgorithm, curve: string): JwkPair {
  switch (algorithm) {
    case 'dir':
    case 'A256KW': {
      const jwk = { kty: 'oct', k: randomBytes(32).toString('base64url') } as const;
      return { jwk, privateJwk: jwk };
    }
    case 'RSA-OAEP-256':
      return asJwk(aPemPair('rsa'));
    case 'ECDH-ES+A256KW':
      return asJwk(aPemPair(curve));
  }
}

function asJwk({ publicKey, privateKey }: PemPair): JwkPair {
  return {
    jwk: createPublicKey(publicKey).export({ format: 'jwk' }),
    privateJwk: createPrivateKey(privateKey).export({ format: 'jwk' }),
  };
}
