import type { KeyAlgorithm } from './keys/key-algorithm.js';

/** Encrypts JSON documents for whoever holds the key. */
export interface JsonEncrypter {
  /** The key that the next message is encrypted with. */
  readonly kid: string;
  readonly algorithm: KeyAlgorithm;
  /** A compact JWE (RFC 7516) whose plaintext is the text in UTF-8. */
  encrypt(json: string): string;
}
