import { constants, type JsonWebKey, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';
import { wrapKey } from './aes-key-wrap.js';
import { agreementWith } from './key-agreement.js';
import type { EncryptionKey } from './keys/encryption-key.js';

/** What one message is encrypted with. */
interface MessageKey {
  /** The protected header, base64url. */
  readonly header: string;
  /** The content key as the recipient gets it, base64url; empty where the recipient has it. */
  readonly encryptedKey: string;
  /** 256 bits for A256GCM. */
  readonly contentKey: Uint8Array | KeyObject;
}

/** Finds the key of the next message. Nothing is reused that two messages must not share. */
export type MessageKeySource = () => MessageKey;

/** The source of message keys for an encryption key. What all messages share is made once, here. */
export function messageKeySource(encryptionKey: EncryptionKey): MessageKeySource {
  const { algorithm, key } = encryptionKey;
  const header = protectedHeader(encryptionKey);
  switch (algorithm) {
    case 'dir':
      return () => ({ header, encryptedKey: '', contentKey: key });
    case 'A256KW':
      return () => withFreshKey(header, (contentKey) => wrapKey(key, contentKey));
    case 'RSA-OAEP-256':
      return () => withFreshKey(header, (contentKey) => encryptKey(key, contentKey));
    case 'ECDH-ES+A256KW': {
      const nextAgreement = agreementWith(key);
      return () => {
        const { ephemeralKey, wrappingKey } = nextAgreement();
        const ownHeader = protectedHeader(encryptionKey, ephemeralKey);
        return withFreshKey(ownHeader, (contentKey) => wrapKey(wrappingKey, contentKey));
      };
    }
  }
}

function withFreshKey(header: string, encrypt: (contentKey: Uint8Array) => Buffer): MessageKey {
  const contentKey = randomBytes(32);
  return { header, encryptedKey: encrypt(contentKey).toString('base64url'), contentKey };
}

/** The protected header of a compact JWE whose plaintext is JSON, base64url. `epk` is the ephemeral key of an agreement. */
function protectedHeader({ algorithm, kid }: EncryptionKey, epk?: JsonWebKey): string {
  const header = { alg: algorithm, enc: 'A256GCM', cty: 'json', kid, epk };
  return Buffer.from(JSON.stringify(header), 'utf8').toString('base64url');
}

/** RSAES OAEP with SHA-256 and MGF1 with SHA-256 (RFC 7518, section 4.3). */
function encryptKey(publicKey: KeyObject, contentKey: Uint8Array): Buffer {
  return publicEncrypt(
    { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    contentKey,
  );
}
