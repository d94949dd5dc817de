import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  type X25519KeyPairOptions,
} from 'node:crypto';
import { compactDecrypt, type CompactJWEHeaderParameters } from 'jose';

/** A recipient of encrypted messages. */
export interface Recipient {
  /** What a key file may hold: the public key, or the symmetric one. */
  readonly key: KeyObject;
  /** Parts of the key that no daemon may show. */
  readonly confidential: readonly string[];
  /** Decrypts a compact JWE by the jose library. Throws where it was altered, or is for another recipient. */
  open(jwe: string): Promise<{ readonly header: CompactJWEHeaderParameters; readonly text: string }>;
}

/** A recipient with a new key. */
export function newRecipient(kind: keyof typeof KEYS): Recipient {
  const { publicKey, privateKey } = KEYS[kind]();
  return {
    key: publicKey,
    confidential: Object.values(publicKey.export({ format: 'jwk' })).filter(isKeyMaterial),
    open: async (jwe) => {
      const { plaintext, protectedHeader } = await compactDecrypt(jwe, privateKey);
      return { header: protectedHeader, text: Buffer.from(plaintext).toString('utf8') };
    },
  };
}

const KEYS = {
  rsa: () => fromPem(generateKeyPairSync('rsa', { modulusLength: 2048, ...PEM })),
  p256: () => fromPem(generateKeyPairSync('ec', { namedCurve: 'P-256', ...PEM })),
  x25519: () => fromPem(generateKeyPairSync('x25519', PEM)),
  symmetric: () => {
    const secret = createSecretKey(randomBytes(32));
    return { publicKey: secret, privateKey: secret };
  },
} satisfies Record<string, () => KeyPair>;

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function fromPem({ publicKey, privateKey }: { publicKey: string; privateKey: string }): KeyPair {
  return { publicKey: createPublicKey(publicKey), privateKey: createPrivateKey(privateKey) };
}

function isKeyMaterial(member: unknown): member is string {
  return typeof member === 'string' && member.length > 30;
}

/** New key pairs are made as PEM: Node.js 20 can wait for ever where it exports a KeyObject that it has just made. */
export const PEM: X25519KeyPairOptions<'pem', 'pem'> = {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
};
