import { createCipheriv, type KeyObject, randomBytes } from 'node:crypto';

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

/**
 * An IV that was never used before. Many are drawn at once, because a call of the system's generator costs more than its
 * bytes, and an IV is not secret.
 */
export function nextIv(): Buffer {
  if (next === ivs.length) {
    ivs = randomBytes(IVS_AT_ONCE * IV_BYTES);
    next = 0;
  }
  next += IV_BYTES;
  return ivs.subarray(next - IV_BYTES, next);
}

/** 96 bits, as A256GCM takes them. */
const IV_BYTES = 12;
const IVS_AT_ONCE = 256;

let ivs = Buffer.alloc(0);
let next = 0;
