export { EncryptionError, type EncryptionErrorCode, KEY_CODES } from './encryption-error.js';
export { type JsonEncrypter, JweEncrypter } from './jwe-encrypter.js';
export { type EncryptionKey } from './keys/encryption-key.js';
export { type KeyAlgorithm } from './keys/key-algorithm.js';
export { Keyring } from './keys/keyring.js';
export { type KeyFileEvent, type KeyFileOptions, ReloadingEncrypter } from './reloading-encrypter.js';
