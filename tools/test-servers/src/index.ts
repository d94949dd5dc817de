export { runCommand } from '@comms/kit';
export { nodeProgram, npmPackage } from './npm-package.js';
export { cachedFolder } from './cached-folder.js';
export { type ClassicLimits } from './classic-recipe.js';
export { type FaultFileSystem, type FileSystemFaults, testFuse } from './fault-file-system.js';
export { twoAddresses } from './full-port.js';
export { debianPackage, requireJava, runMaven } from './host-programs.js';
export { ifPresent, type OptionalPart } from './if-present.js';
export { freePort } from './ports.js';
export type { QueueMessage } from './queue-message.js';
export { readQueue, type ReadQueueOptions } from './read-queue.js';
export { TestServerError } from './reports.js';
export { type ServerProcess } from './server-process.js';
export { type OwnBroker } from './start-broker.js';
export { findPgBouncer, type OwnPgBouncer, type PgBouncerPool, startPgBouncer } from './start-pgbouncer.js';
export { type OwnPostgres, startPostgres } from './start-postgres.js';
export { type RestrictedUser, type TestBroker } from './test-broker.js';
export { ownArtemis, ownClassic, testArtemis, testClassic } from './test-brokers.js';
export {
  KEY_PASSPHRASE,
  type TestCertificate,
  testCertificates,
  type TestCertificates,
} from './test-certificates.js';
export { type TestDatabase, testPostgres, type TestPostgres } from './test-postgres.js';
