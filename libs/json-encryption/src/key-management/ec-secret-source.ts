import { type KeyObject, createECDH } from 'node:crypto';
import type { SharedSecret } from './ecdh-es.js';

/** Secrets shared with the holder of a key on a NIST curve. */
export function ecSecretSource(recipient: KeyObject): () => SharedSecret {
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

/** How a point starts whose two coordinates follow in full (SEC 1, section 2.3.3). */
const UNCOMPRESSED = Buffer.of(4);
