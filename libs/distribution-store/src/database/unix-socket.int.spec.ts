import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type OwnPostgres, startPostgres } from '@comms/test-servers';
import { Client } from 'pg';
import { parseDatabaseUrl } from '../configuration/database-url.js';
import { aDatasourceConfig } from '../testing/index.js';
import { Database } from './database.js';

let folder: string;
let server: OwnPostgres;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comms-socket-'));
  await chmod(folder, 0o777);
  server = await startPostgres({ unix_socket_directories: folder });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  const { username } = userInfo();
  await client.query(
    `DO $$ BEGIN CREATE ROLE "${username}" LOGIN; EXCEPTION WHEN duplicate_object THEN END $$`,
  );
  await client.query(`COPY (SELECT 'local all "${username}" trust') TO PROGRAM
    'cat - pg_hba.conf > joined && cat joined > pg_hba.conf && rm joined'`);
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}, 60_000);
afterAll(async () => {
  await server.process.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a Unix socket', () => {
  it.each([
    ['with nothing before the path', () => `postgres://postgres:postgres@:${port()}/postgres?host=${folder}`],
    ['in place of a host', () => `postgres://postgres:postgres@localhost:${port()}/postgres?host=${folder}`],
    [
      'percent-encoded as the host',
      () => `postgres://postgres:postgres@${encodeURIComponent(folder)}:${port()}/postgres`,
    ],
    [
      'percent-encoded as the parameter',
      () => `postgresql://postgres:postgres@:${port()}/postgres?host=${encodeURIComponent(folder)}`,
    ],
  ])('is connected to, written %s', async (_, url) => {
    expect(await sessionOn(url())).toEqual({ socket: true, user: 'postgres' });
  });

  it('logs in as the user of this process where none is named', async () => {
    const url = `postgresql://:${port()}/postgres?host=${folder}`;
    expect(await sessionOn(url)).toEqual({ socket: true, user: userInfo().username });
  });
});

function port(): string {
  return new URL(server.url).port;
}

async function sessionOn(url: string) {
  expect(parseDatabaseUrl(url)).toHaveProperty('value');
  const database = new Database(aDatasourceConfig({ url }), 'spec');
  try {
    const sql = 'SELECT inet_server_addr() IS NULL AS socket, session_user AS user';
    return (await database.run<{ socket: boolean; user: string }>(sql)).rows[0];
  } finally {
    await database.stop();
  }
}
