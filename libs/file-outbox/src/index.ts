export { FileCourier } from './file-courier.js';
export { FileOutboxConfig, directoryFault } from './file-outbox.config.js';
export { FileOutboxModule } from './file-outbox.module.js';
