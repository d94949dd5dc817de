export { DIRECTORY_DEGRADED_CODES, DIRECTORY_DOWN_CODES, FILE_CODES } from './directory-codes.js';
export type { OnShortcoming, Shortcoming } from './directory-error.js';
export { type DirectoryFinding, examineDirectory } from './examine-directory.js';
export { FileCourier } from './file-courier.js';
export { FileOutboxConfig } from './file-outbox.config.js';
