import { afterAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { startPostgres } from './start-postgres.js';

const own = await startPostgres();

describe('startPostgres', () => {
  afterAll(() => own.process.stop());

  it('keeps committed data when it is killed, also while a session works', async () => {
    const client = await connected();
    await client.query('CREATE TABLE kept (id int)');
    await client.query('INSERT INTO kept VALUES (1)');
    const broken = expect(client.query('SELECT pg_sleep(60)')).rejects.toThrow();

    await own.process.signal('SIGKILL');
    await broken;
    await own.process.restart();

    const later = await connected();
    expect((await later.query('SELECT id FROM kept')).rows).toEqual([{ id: 1 }]);
    await later.end();
  }, 30_000);

  it('serves no open connection while it is stopped', async () => {
    const client = await connected();
    await own.process.signal('SIGSTOP');
    const answer = client.query('SELECT 1 AS one');
    const silence = new Promise((resolve) => setTimeout(resolve, 300, 'silence'));
    expect(await Promise.race([answer, silence])).toBe('silence');

    await own.process.signal('SIGCONT');

    expect((await answer).rows).toEqual([{ one: 1 }]);
    await client.end();
  }, 30_000);
});

async function connected(): Promise<Client> {
  const client = new Client({ connectionString: own.url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
