import { describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { testPostgres } from './test-postgres.js';

const postgres = await testPostgres();

describe('testPostgres', () => {
  it('gives each caller its own empty database', async () => {
    const [first, second] = await Promise.all([postgres.createDatabase(), postgres.createDatabase()]);
    await query(first.url, 'CREATE TABLE here (id int)');

    expect(await query(first.url, "SELECT to_regclass('here') AS found")).toEqual([{ found: 'here' }]);
    expect(await query(second.url, "SELECT to_regclass('here') AS found")).toEqual([{ found: null }]);
    await Promise.all([first.drop(), second.drop()]);
  });

  it('removes a database although a session is connected to it', async () => {
    const database = await postgres.createDatabase();
    const client = new Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();

    await database.drop();

    await expect(query(database.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });
});

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
