export { EncryptionError, type EncryptionErrorCode } from './encryption-error.js';
export { type KeyAlgorithm } from './keys/key-algorithm.js';
export { type EncryptionKey } from './keys/encryption-key.js';
export { Keyring } from './keys/keyring.js';
export { type JsonEncrypter } from './json-encrypter.js';
export { JweEncrypter } from './jwe-encrypter.js';
export { type KeyFileEvent, type KeyFileOptions, ReloadingEncrypter } from './reloading-encrypter.js';
