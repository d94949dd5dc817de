/** What is wrong with a key, for operators and metrics. */
export type EncryptionErrorCode = keyof typeof KEY_CODES;

const AGAIN = 'get the file from its maker again';
const KIND = 'a key as in [message-format.md](message-format.md)';
const SET = 'the set, or `…encryption.key-id`';

/** Each has a `meaning`, a sentence without its full stop, and a `remedy`; both in Markdown, with links from docs/. */
export const KEY_CODES = {
  KEY_FILE_UNREADABLE: {
    meaning: "The key file is missing, is no file, or is not readable for the daemon's user",
    remedy: 'its path, owner and mode',
  },
  KEY_FORMAT_UNSUPPORTED: {
    meaning: 'The file holds neither a JWK, a JWK set nor a PEM public key',
    remedy: AGAIN,
  },
  KEY_MALFORMED: { meaning: 'The key, or what is around it, is cut short or damaged', remedy: AGAIN },
  KEY_PRIVATE: {
    meaning: 'The key is a private one',
    remedy: 'use the public one; treat the private one as disclosed',
  },
  KEY_TYPE_UNSUPPORTED: { meaning: 'No message can be encrypted with a key of this type', remedy: KIND },
  KEY_CURVE_UNSUPPORTED: { meaning: 'No message can be encrypted with a key on this curve', remedy: KIND },
  KEY_ALGORITHM_UNSUPPORTED: { meaning: 'No message can be encrypted by the `alg` of the key', remedy: KIND },
  KEY_LENGTH_WRONG: {
    meaning: 'A symmetric key does not have 256 bits, or an RSA key has fewer than 2048',
    remedy: 'a key of the right length',
  },
  KEY_NOT_FOR_ENCRYPTION: {
    meaning: 'By its `use` or `key_ops` the key is not for encryption',
    remedy: "the recipient's key for encryption",
  },
  KEY_SET_EMPTY: { meaning: 'The set has no key', remedy: SET },
  KEY_ID_UNKNOWN: { meaning: 'The set has no key with the `kid` of `…encryption.key-id`', remedy: SET },
  KEY_ID_DUPLICATE: { meaning: 'The set has two keys of one `kid`', remedy: SET },
} as const;

/**
 * A key that cannot be used. The message is a sentence for the operator. Neither the message nor a cause ever holds a part
 * of the key. The messages of parsers are dropped, because they may quote their input.
 */
export class EncryptionError extends Error {
  override readonly name = 'EncryptionError';

  constructor(
    readonly code: EncryptionErrorCode,
    message: string,
  ) {
    super(message);
  }
}
