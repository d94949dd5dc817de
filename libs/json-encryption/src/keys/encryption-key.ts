import { KeyObject, createSecretKey } from 'node:crypto';
import { calculateJwkThumbprint, importJWK } from 'jose';
import { EncryptionError } from '../encryption-error.js';
import { type KeyAlgorithm, keyAlgorithm } from './key-algorithm.js';
import type { UnverifiedJwk } from './read-key-text.js';

/** A key that has been validated for encryption. */
export interface EncryptionKey {
  readonly kid: string;
  /** The `kid` that releases up to 0.1 used, where it was another; see `Keyring.choose`. */
  readonly formerKid?: string;
  readonly algorithm: KeyAlgorithm;
  /** Secret for `dir` and `A256KW`, else public. */
  readonly key: KeyObject;
}

/** Validates a JWK and loads it. Without a `kid` it gets its thumbprint as `kid`. Throws an EncryptionError. */
export async function importEncryptionKey(jwk: UnverifiedJwk, kid?: string): Promise<EncryptionKey> {
  const algorithm = keyAlgorithm(jwk);
  const key = await load(jwk, algorithm);
  checkStrength(key);
  return { ...(kid === undefined ? await thumbprints(jwk, key) : { kid }), algorithm, key };
}

/**
 * The RFC 7638 thumbprint of the key itself, not of its spelling. A spelling may hold a leading zero byte, standard
 * base64 or a coordinate that is too short. Up to 0.1 it was the thumbprint of the spelling.
 */
async function thumbprints(
  jwk: UnverifiedJwk,
  key: KeyObject,
): Promise<Pick<EncryptionKey, 'kid' | 'formerKid'>> {
  const kid = await calculateJwkThumbprint(key.export({ format: 'jwk' }));
  const formerKid = await calculateJwkThumbprint(jwk);
  return formerKid === kid ? { kid } : { kid, formerKid };
}

/** Only the key itself is loaded. The rest of the JWK (use, operations, certificates) is checked elsewhere or unused. */
async function load({ kty, k, n, e, crv, x, y }: UnverifiedJwk, algorithm: KeyAlgorithm): Promise<KeyObject> {
  try {
    const members = Object.entries({ kty, k, n, e, crv, x, y }).filter(([, value]) => value !== undefined);
    const key = await importJWK(Object.fromEntries(members), algorithm);
    return key instanceof Uint8Array ? createSecretKey(key) : KeyObject.from(key);
  } catch {
    throw new EncryptionError('KEY_MALFORMED', `The key of type ${kty} is cut short or damaged.`);
  }
}

function checkStrength(key: KeyObject): void {
  const { symmetricKeySize, asymmetricKeyDetails: { modulusLength, publicExponent } = {} } = key;
  if (symmetricKeySize !== undefined && symmetricKeySize !== 32) {
    throw new EncryptionError('KEY_LENGTH_WRONG', 'A symmetric key must have 256 bits.');
  }
  if (modulusLength !== undefined && modulusLength < 2048) {
    throw new EncryptionError('KEY_LENGTH_WRONG', 'An RSA key must have 2048 bits or more.');
  }
  if (publicExponent !== undefined && (publicExponent < 3n || publicExponent % 2n === 0n)) {
    throw new EncryptionError('KEY_MALFORMED', 'The exponent of an RSA key must be odd and at least 3.');
  }
}
