import {
  createECDH,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { concatKdf, otherInfo } from './concat-kdf.js';

/**
 * One step of ECDH-ES+A256KW (RFC 7518, section 4.6). `node:crypto` does it here, because `jose` makes only about 1,100
 * such messages per second. The specs compare the derivation with the example of RFC 7518, appendix C, and decrypt the
 * messages with `jose`.
 */
export interface Agreement {
  /** The public half of the ephemeral key. */
  readonly ephemeralKey: JsonWebKey;
  /** 256 bits. */
  readonly wrappingKey: Buffer;
}

/**
 * Agrees on wrapping keys with the holder of a public key. Each one comes from its own ephemeral key.
 *
 * Ephemeral keys are never exported from a KeyObject of `generateKeyPairSync`. In Node 20 a garbage collection during
 * the export of a key that has just been generated waits for ever: it waits for the lock that the export itself holds.
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

/** A secret that the holder of a public key can find too, from the public half of an ephemeral key. */
interface SharedSecret {
  readonly ephemeralKey: JsonWebKey;
  readonly secret: Uint8Array;
}

// --- P-256, P-384, P-521 ---

/** Secrets shared with the holder of a key on a NIST curve. */
function ecSecretSource(recipient: KeyObject): () => SharedSecret {
  const { crv = '', x = '', y = '' } = recipient.export({ format: 'jwk' });
  const point = Buffer.concat([UNCOMPRESSED, Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const ephemeral = createECDH(recipient.asymmetricKeyDetails?.namedCurve ?? crv);
  return () => {
    const own = ephemeral.generateKeys();
    const half = (own.length + 1) / 2;
    const ephemeralKey = {
      kty: 'EC',
      crv,
      x: own.toString('base64url', 1, half),
      y: own.toString('base64url', half),
    };
    return { ephemeralKey, secret: ephemeral.computeSecret(point) };
  };
}

/** The first byte of a point whose two coordinates follow in full (SEC 1, section 2.3.3). */
const UNCOMPRESSED = Buffer.of(4);

// --- X25519 ---

/** Secrets shared with the holder of an X25519 key. */
function x25519SecretSource(recipient: KeyObject): () => SharedSecret {
  return () => {
    const { privateKey } = generateKeyPairSync('x25519');
    const publicKey = diffieHellman({ privateKey, publicKey: BASE_POINT });
    const ephemeralKey = { kty: 'OKP', crv: 'X25519', x: publicKey.toString('base64url') };
    return { ephemeralKey, secret: diffieHellman({ privateKey, publicKey: recipient }) };
  };
}

/** An agreement with the base point gives one's own public key (RFC 7748, section 6.1). */
const BASE_POINT = createPublicKey({
  format: 'jwk',
  key: { kty: 'OKP', crv: 'X25519', x: Buffer.alloc(32).fill(9, 0, 1).toString('base64url') },
});
