export { type OwnPostgres, startPostgres } from './start-postgres.js';
export { type TestDatabase, testPostgres, type TestPostgres } from './test-postgres.js';
export { TestServerError } from './test-server-error.js';
