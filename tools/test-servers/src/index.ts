export { type ClassicLimits } from './classic-configuration.js';
export { type OwnBroker } from './own-broker.js';
export { type ServerProcess } from './server-process.js';
export { type OwnPostgres, startPostgres } from './start-postgres.js';
export { type RestrictedUser, type TestBroker } from './test-broker.js';
export { type TestCertificate, testCertificates, type TestCertificates } from './test-certificates.js';
export { ownClassic, testClassic } from './test-classic.js';
export { type TestDatabase, testPostgres, type TestPostgres } from './test-postgres.js';
export { TestServerError } from './test-server-error.js';
