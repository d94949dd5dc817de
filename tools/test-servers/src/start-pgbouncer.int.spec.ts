import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ifPresent } from './if-present.js';
import { findPgBouncer, type OwnPgBouncer, startPgBouncer } from './start-pgbouncer.js';
import { type TestDatabase, testPostgres } from './test-postgres.js';

const postgres = await testPostgres();
const found = await ifPresent('pgbouncer', findPgBouncer);

(found === null ? describe.skip : describe)('startPgBouncer', () => {
  let database: TestDatabase;
  let pooler: OwnPgBouncer;
  const clients: Client[] = [];
  beforeAll(async () => {
    database = await postgres.createDatabase();
    pooler = await startPgBouncer(database.url, { mode: 'transaction', size: 1 });
  }, 60_000);
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.end()));
    await pooler.process.stop();
    await database.drop();
  });

  const connected = async () => {
    const client = new Client({ connectionString: pooler.url });
    clients.push(client);
    await client.connect();
    return client;
  };

  it('lets all clients share its sessions', async () => {
    const [first, second] = [await connected(), await connected()];
    const pid = async (client: Client) =>
      (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;
    expect(await pid(first)).toBe(await pid(second));
  });
});
