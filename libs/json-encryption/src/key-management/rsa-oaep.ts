import { type KeyObject, constants, publicEncrypt } from 'node:crypto';

/** RSAES OAEP with SHA-256 and MGF1 with SHA-256 (RFC 7518, section 4.3). */
export function encryptKey(publicKey: KeyObject, contentKey: Uint8Array): Buffer {
  return publicEncrypt(
    { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    contentKey,
  );
}
