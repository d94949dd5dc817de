import {
  type CompactJWEHeaderParameters,
  type JWK,
  compactDecrypt,
  exportJWK,
  generateKeyPair,
  generateSecret,
} from 'jose';
import type { KeyAlgorithm } from '../keys/key-algorithm.js';

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
  const { algorithm = 'RSA-OAEP-256', kid = 'test-key', curve: crv = 'P-256' } = options;
  const symmetric = algorithm === 'dir' || algorithm === 'A256KW';
  const pair = symmetric ? await secret() : await generateKeyPair(algorithm, { crv, extractable: true });
  const members = { kid, alg: algorithm };
  return {
    jwk: { ...(await exportJWK(pair.publicKey)), ...members },
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...members },
    open: async (jwe) => {
      const { plaintext, protectedHeader } = await compactDecrypt(jwe, pair.privateKey);
      return { header: protectedHeader, text: Buffer.from(plaintext).toString('utf8') };
    },
  };
}

async function secret() {
  const key = await generateSecret('A256GCM', { extractable: true });
  const bytes = Buffer.from((await exportJWK(key)).k ?? '', 'base64url');
  return { publicKey: bytes, privateKey: bytes };
}
