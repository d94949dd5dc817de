export type { OnShortcoming, Shortcoming } from './directory-error.js';
export { type DirectoryFinding, examineDirectory } from './examine-directory.js';
export { FileCourier } from './file-courier.js';
export { FileOutboxConfig } from './file-outbox.config.js';
