import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { sharedServer } from './shared-servers.js';

/** A fresh, empty database of one test or suite. */
export interface TestDatabase {
  readonly url: string;
  /** Removes the database; open connections are cut. */
  drop(): Promise<void>;
}

/** The PostgreSQL server of this test run. */
export interface TestPostgres {
  /** The administrator's URL. */
  readonly adminUrl: string;
  createDatabase(): Promise<TestDatabase>;
}

/** The server that `COMMS_TEST_DATABASE_URL` names, else an embedded one that ends with the test run. */
export async function testPostgres(): Promise<TestPostgres> {
  const { url } = await sharedServer('postgres');
  return { adminUrl: url, createDatabase: () => createDatabase(url) };
}

async function createDatabase(adminUrl: string): Promise<TestDatabase> {
  const name = `comms_test_${randomUUID().replaceAll('-', '')}`;
  await administer(adminUrl, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = new URL(adminUrl);
  url.pathname = name;
  return { url: url.href, drop: () => administer(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
