export { cachedFolder } from './cached-folder.js';
export { type ClassicLimits } from './classic-configuration.js';
export { type CommandEnd, commandEnd } from './command-end.js';
export { type FaultFileSystem, type FileSystemFaults, testFuse } from './fault-file-system.js';
export { freePort } from './free-port.js';
export { fullPort, type FullPort } from './full-port.js';
export { ifPresent, type OptionalPart } from './if-present.js';
export { type OwnBroker } from './start-broker.js';
export { type ServerProcess } from './server-process.js';
export { requireJava } from './require-java.js';
export { runMaven } from './run-maven.js';
export { findPgBouncer, type OwnPgBouncer, type PgBouncerPool, startPgBouncer } from './start-pgbouncer.js';
export { type OwnPostgres, startPostgres } from './start-postgres.js';
export type { QueueMessage } from './queue-message.js';
export { readQueue, type ReadQueueOptions } from './read-queue.js';
export { runCommand } from './run-command.js';
export { type RestrictedUser, type TestBroker } from './test-broker.js';
export {
  KEY_PASSPHRASE,
  type TestCertificate,
  testCertificates,
  type TestCertificates,
} from './test-certificates.js';
export { ownArtemis, testArtemis } from './test-artemis.js';
export { ownClassic, testClassic } from './test-classic.js';
export { type TestDatabase, testPostgres, type TestPostgres } from './test-postgres.js';
export { TestServerError } from './test-server-error.js';
