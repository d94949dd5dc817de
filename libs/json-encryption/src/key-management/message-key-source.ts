import { randomBytes } from 'node:crypto';
import type { EncryptionKey } from '../keys/encryption-key.js';
import { wrapKey } from './aes-key-wrap.js';
import { agreementWith } from './ecdh-es.js';
import type { MessageKey, MessageKeySource } from './message-key.js';
import { protectedHeader } from './protected-header.js';
import { encryptKey } from './rsa-oaep.js';

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
