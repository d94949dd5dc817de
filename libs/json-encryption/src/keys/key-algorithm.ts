import { EncryptionError } from '../encryption-error.js';
import type { UnverifiedJwk } from './read-key-text.js';

/** How the key of a message's content is found (RFC 7518, section 4): the `alg` of the JWE. */
export type KeyAlgorithm = 'dir' | 'A256KW' | 'RSA-OAEP-256' | 'ECDH-ES+A256KW';

/**
 * The algorithm that a key is used with: its own `alg`, else the first one of its type. A symmetric key wraps (`A256KW`)
 * unless its `alg` is `dir`. Direct encryption is limited to 2^32 messages per key, which is four days of 10^9 messages.
 * Throws an EncryptionError for a key without an algorithm or without a member that its type needs.
 */
export function keyAlgorithm(jwk: UnverifiedJwk): KeyAlgorithm {
  const { kty, alg, crv } = jwk;
  const type = KEY_TYPES.get(kty);
  if (type === undefined) {
    throw new EncryptionError(
      'KEY_TYPE_UNSUPPORTED',
      'The type of the key (kty) must be oct, RSA, EC or OKP.',
    );
  }
  if (type.curves && !type.curves.includes(String(crv))) {
    const curves = type.curves.join(', ');
    throw new EncryptionError(
      'KEY_CURVE_UNSUPPORTED',
      `The curve of a key of type ${kty} must be one of: ${curves}.`,
    );
  }
  const algorithm = alg === undefined ? type.algorithms[0] : type.algorithms.find((known) => known === alg);
  if (algorithm === undefined) {
    const algorithms = type.algorithms.join(', ');
    throw new EncryptionError(
      'KEY_ALGORITHM_UNSUPPORTED',
      `The algorithm (alg) of a key of type ${kty} must be one of: ${algorithms}.`,
    );
  }
  if (type.members.some((member) => typeof jwk[member] !== 'string')) {
    const members = type.members.join(', ');
    throw new EncryptionError('KEY_MALFORMED', `A key of type ${kty} needs the members: ${members}.`);
  }
  return algorithm;
}

interface KeyType {
  /** The default first. */
  readonly algorithms: readonly [KeyAlgorithm, ...KeyAlgorithm[]];
  readonly curves?: readonly string[];
  readonly members: readonly string[];
}

const KEY_TYPES: ReadonlyMap<string, KeyType> = new Map<string, KeyType>([
  ['oct', { algorithms: ['A256KW', 'dir'], members: ['k'] }],
  ['RSA', { algorithms: ['RSA-OAEP-256'], members: ['n', 'e'] }],
  ['EC', { algorithms: ['ECDH-ES+A256KW'], curves: ['P-256', 'P-384', 'P-521'], members: ['x', 'y'] }],
  ['OKP', { algorithms: ['ECDH-ES+A256KW'], curves: ['X25519'], members: ['x'] }],
]);
