import { encryptContent, nextIv } from './encrypt-content.js';
import { EncryptionError } from './encryption-error.js';
import type { EncryptionKey } from './keys/encryption-key.js';
import type { KeyAlgorithm } from './keys/key-algorithm.js';
import { messageKeySource, type MessageKeySource } from './message-key.js';

/** Encrypts JSON documents for the holder of the key. */
export interface JsonEncrypter {
  /** The id of the key that the next message is encrypted with. */
  readonly kid: string;
  readonly algorithm: KeyAlgorithm;
  /** A compact JWE (RFC 7516) whose plaintext is the text in UTF-8. */
  encrypt(json: string): string;
}

/**
 * Encrypts with one key. Every message has its own IV and, except with `dir`, its own content key. With `dir` all
 * messages share the content key. By NIST SP 800-38D, section 8.3, it must then be replaced within 2^32 messages,
 * counted over all processes that use it.
 */
export class JweEncrypter implements JsonEncrypter {
  readonly kid: string;
  /** As in {@link EncryptionKey}. */
  readonly formerKid: string | undefined;
  readonly algorithm: KeyAlgorithm;
  private readonly nextKey: MessageKeySource;

  /** Proves the key by encrypting with it once, so that no later message meets a bad one. Throws an EncryptionError. */
  constructor(key: EncryptionKey) {
    this.kid = key.kid;
    this.formerKid = key.formerKid;
    this.algorithm = key.algorithm;
    this.nextKey = messageKeySource(key);
    this.prove();
  }

  encrypt(json: string): string {
    const { header, encryptedKey, contentKey } = this.nextKey();
    const content = encryptContent({ contentKey, iv: nextIv(), header }, json);
    return [header, encryptedKey, ...content].join('.');
  }

  private prove(): void {
    try {
      this.encrypt('{}');
    } catch {
      throw new EncryptionError(
        'KEY_MALFORMED',
        'The key can be read, but nothing can be encrypted with it.',
      );
    }
  }
}
