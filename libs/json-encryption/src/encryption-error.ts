/**
 * What is wrong with a key, for operators and metrics.
 * - `KEY_FILE_UNREADABLE`: the file is missing, is no file, or may not be read.
 * - `KEY_FORMAT_UNSUPPORTED`: neither a JWK, a JWK set nor a PEM public key.
 * - `KEY_MALFORMED`: one of these, but cut short or damaged.
 * - `KEY_PRIVATE`: a private key where a public one is wanted.
 * - `KEY_TYPE_UNSUPPORTED`, `KEY_CURVE_UNSUPPORTED`, `KEY_ALGORITHM_UNSUPPORTED`: a key that this library cannot use.
 * - `KEY_LENGTH_WRONG`: a symmetric key without exactly 256 bits, an RSA key of less than 2048 bits.
 * - `KEY_NOT_FOR_ENCRYPTION`: its `use` or `key_ops` names another use.
 * - `KEY_SET_EMPTY`, `KEY_ID_UNKNOWN`, `KEY_ID_DUPLICATE`: the set has no key, not the wanted key, or two keys with one
 *   `kid`.
 */
export type EncryptionErrorCode =
  | 'KEY_FILE_UNREADABLE'
  | 'KEY_FORMAT_UNSUPPORTED'
  | 'KEY_MALFORMED'
  | 'KEY_PRIVATE'
  | 'KEY_TYPE_UNSUPPORTED'
  | 'KEY_CURVE_UNSUPPORTED'
  | 'KEY_ALGORITHM_UNSUPPORTED'
  | 'KEY_LENGTH_WRONG'
  | 'KEY_NOT_FOR_ENCRYPTION'
  | 'KEY_SET_EMPTY'
  | 'KEY_ID_UNKNOWN'
  | 'KEY_ID_DUPLICATE';

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
