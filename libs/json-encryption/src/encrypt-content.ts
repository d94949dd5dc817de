import { type KeyObject, createCipheriv } from 'node:crypto';

export interface ContentEncryption {
  /** 256 bits. */
  readonly contentKey: Uint8Array | KeyObject;
  /** 96 bits, never used with this key before. */
  readonly iv: Buffer;
  /** The protected header, base64url: it is authenticated with the content. */
  readonly header: string;
}

/** Encrypts a text by A256GCM: IV, ciphertext and tag, the last three parts of a compact JWE (RFC 7516, section 5.1). */
export function encryptContent({ contentKey, iv, header }: ContentEncryption, text: string): string[] {
  const cipher = createCipheriv('aes-256-gcm', contentKey, iv);
  cipher.setAAD(Buffer.from(header, 'latin1'));
  const ciphertext = cipher.update(text, 'utf8');
  cipher.final();
  return [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'));
}
