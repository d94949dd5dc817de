import { type X25519KeyPairOptions, generateKeyPairSync } from 'node:crypto';

export interface PemPair {
  readonly publicKey: string;
  /** PKCS#8. */
  readonly privateKey: string;
}

/**
 * A new key pair: `rsa` of 2048 bits, `rsa-1024`, `rsa-pss`, `X25519`, `Ed25519`, or the name of an EC curve. As PEM, since
 * Node 20 can wait for ever when it exports a KeyObject that it has just generated.
 */
export function aPemPair(kind: string): PemPair {
  switch (kind) {
    case 'rsa':
      return generateKeyPairSync('rsa', { modulusLength: 2048, ...PEM });
    case 'rsa-1024':
      return generateKeyPairSync('rsa', { modulusLength: 1024, ...PEM });
    case 'rsa-pss':
      return generateKeyPairSync('rsa-pss', { modulusLength: 2048, ...PEM });
    case 'X25519':
      return generateKeyPairSync('x25519', PEM);
    case 'Ed25519':
      return generateKeyPairSync('ed25519', PEM);
    default:
      return generateKeyPairSync('ec', { namedCurve: kind, ...PEM });
  }
}

const PEM: X25519KeyPairOptions<'pem', 'pem'> = {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
};
