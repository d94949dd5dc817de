import { encryptContent } from './encrypt-content.js';
import { EncryptionError } from './encryption-error.js';
import type { JsonEncrypter } from './json-encrypter.js';
import { messageKeySource } from './key-management/message-key-source.js';
import type { MessageKeySource } from './key-management/message-key.js';
import type { EncryptionKey } from './keys/encryption-key.js';
import type { KeyAlgorithm } from './keys/key-algorithm.js';
import { nextIv } from './next-iv.js';

/**
 * Encrypts with one key. Every message has an IV of its own and, but for `dir`, a content key of its own. With `dir` all
 * messages share the content key: by NIST SP 800-38D, section 8.3, it must be replaced within 2^32 messages, counted over
 * all processes that use it.
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
