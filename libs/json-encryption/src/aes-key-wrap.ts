import { createCipheriv, type KeyObject } from 'node:crypto';

/** AES Key Wrap with a wrapping key of 256 bits (RFC 3394). */
export function wrapKey(wrappingKey: KeyObject | Uint8Array, contentKey: Uint8Array): Buffer {
  const cipher = createCipheriv('id-aes256-wrap', wrappingKey, INITIAL_VALUE);
  return Buffer.concat([cipher.update(contentKey), cipher.final()]);
}

/** The default of RFC 3394, section 2.2.3.1. */
const INITIAL_VALUE = Buffer.alloc(8, 0xa6);
