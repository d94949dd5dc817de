import { type JsonWebKey, type KeyObject, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { concatKdf, otherInfo } from './concat-kdf.js';

export interface Agreement {
  /** The public half that the recipient needs; the private one is forgotten. */
  readonly ephemeralKey: JsonWebKey;
  /** 256 bits. */
  readonly wrappingKey: Buffer;
}

/** Agrees on a wrapping key with the holder of a public key, by an ephemeral key made for it (RFC 7518, section 4.6). */
export function agreeOnKey(recipient: KeyObject): Agreement {
  const { publicKey, privateKey } = ephemeralPair(recipient);
  const secret = diffieHellman({ privateKey, publicKey: recipient });
  return { ephemeralKey: publicKey.export({ format: 'jwk' }), wrappingKey: concatKdf(secret, OTHER_INFO) };
}

function ephemeralPair({ asymmetricKeyDetails: { namedCurve } = {} }: KeyObject) {
  return namedCurve === undefined ? generateKeyPairSync('x25519') : generateKeyPairSync('ec', { namedCurve });
}

const OTHER_INFO = otherInfo({ algorithm: 'ECDH-ES+A256KW', keyBits: 256 });
