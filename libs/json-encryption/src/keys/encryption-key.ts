import { KeyObject, createSecretKey } from 'node:crypto';
import { calculateJwkThumbprint, importJWK } from 'jose';
import { EncryptionError } from '../encryption-error.js';
import { type KeyAlgorithm, keyAlgorithm } from './key-algorithm.js';
import type { UnverifiedJwk } from './unverified-jwk.js';

/** A key that has been judged fit to encrypt with. */
export interface EncryptionKey {
  readonly kid: string;
  /** What releases up to 0.1 took for the `kid`, where that was another; see `Keyring.choose`. */
  readonly formerKid?: string;
  readonly algorithm: KeyAlgorithm;
  /** Secret for `dir` and `A256KW`, else public. */
  readonly key: KeyObject;
}

/** Judges a JWK and loads it; without a `kid` it gets its thumbprint for one. Throws an EncryptionError. */
export async function importEncryptionKey(jwk: UnverifiedJwk, kid?: string): Promise<EncryptionKey> {
  const algorithm = keyAlgorithm(jwk);
  const key = await load(jwk, algorithm);
  checkStrength(key);
  return { ...(kid === undefined ? await thumbprints(jwk, key) : { kid }), algorithm, key };
}

/**
 * The RFC 7638 thumbprint is that of the key, not of its spelling, which may hold a leading zero byte, standard base64 or
 * too short a coordinate. Up to 0.1 it was that of the spelling.
 */
async function thumbprints(
  jwk: UnverifiedJwk,
  key: KeyObject,
): Promise<Pick<EncryptionKey, 'kid' | 'formerKid'>> {
  const kid = await calculateJwkThumbprint(key.export({ format: 'jwk' }));
  const formerKid = await calculateJwkThumbprint(jwk);
  return formerKid === kid ? { kid } : { kid, formerKid };
}

/** Only the key itself is loaded; what else the JWK says (use, operations, certificates) is judged elsewhere or unused. */
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
