import type { X25519KeyPairOptions } from 'node:crypto';

/** Has new key pairs made as PEM: Node.js 20 can wait for ever where it exports a KeyObject that it has just made. */
export const PEM: X25519KeyPairOptions<'pem', 'pem'> = {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
};
