import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type OwnPostgres,
  startPostgres,
  type TestCertificate,
  testCertificates,
  type TestCertificates,
} from '@comms/test-servers';
import { Client } from 'pg';
import type { SslMode } from '../configuration/database-url.js';
import { aDatasourceConfig } from '../testing/index.js';
import { Database } from './database.js';

let server: OwnPostgres;
let certificates: TestCertificates;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comms-authorities-'));
  server = await startPostgres();
  certificates = await testCertificates();
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true });
  await server.process.stop();
});

describe('a connection', () => {
  it.each([
    ['good', 'require', 'up'],
    ['good', 'verify-full', 'up'],
    ['good', 'verify-ca', 'up'],
    ['good', 'no-verify', 'up'],
    ['wrongHost', 'require', 'STORE_TLS'],
    ['wrongHost', 'verify-full', 'STORE_TLS'],
    ['wrongHost', 'verify-ca', 'up'],
    ['expired', 'verify-ca', 'STORE_TLS'],
    ['unknownAuthority', 'verify-ca', 'STORE_TLS'],
    ['unknownAuthority', 'require', 'STORE_TLS'],
    ['unknownAuthority', 'no-verify', 'up'],
  ] as const)('to a server with the certificate %s, sslmode %s: %s', async (kind, mode, outcome) => {
    await present(certificates[kind]);
    const ca = mode === 'no-verify' ? {} : { tlsCaFile: certificates.caFile };
    expect(await connect(mode, ca)).toBe(outcome);
  });

  it('trusts no authority by default', async () => {
    await present(certificates.good);
    expect(await connect('require', {})).toBe('STORE_TLS');
  });

  it('trusts what its file of authorities holds at that moment, or its last good content where it cannot be used', async () => {
    await present(certificates.good);
    const file = join(folder, 'ca.pem');
    await copyFile(certificates.unknownAuthority.certFile, file);
    const url = Object.assign(new URL(server.url), { search: 'sslmode=verify-full' });
    const database = new Database(aDatasourceConfig({ url: url.href, tlsCaFile: file }), 'spec');
    await expect(database.run('SELECT 1')).rejects.toMatchObject({ code: 'STORE_TLS' });
    await copyFile(certificates.caFile, file);
    await database.begin('SELECT 1');
    await copyFile(certificates.unknownAuthority.certFile, file);
    await expect(database.begin('SELECT 1')).rejects.toMatchObject({ code: 'STORE_TLS' });
    await copyFile(certificates.caFile, file);
    await database.begin('SELECT 1');
    await writeFile(file, 'garbage');
    await database.begin('SELECT 1');
    await database.stop();
  });

  it('trusts each authority of a file that was joined without a line end', async () => {
    await present(certificates.good);
    const [other, own] = await Promise.all(
      [certificates.unknownAuthority.certFile, certificates.caFile].map((file) => readFile(file, 'utf8')),
    );
    const tlsCaFile = join(folder, 'joined.pem');
    await writeFile(tlsCaFile, `${other?.trim()}${own?.trim()}`);
    expect(await connect('verify-full', { tlsCaFile })).toBe('up');
  });

  it('is never made without encryption to a server that offers none', async () => {
    await administer('ALTER SYSTEM SET ssl = off');
    expect(await connect('require', { tlsCaFile: certificates.caFile })).toBe('STORE_TLS');
    expect(await connect('no-verify', {})).toBe('STORE_TLS');
    expect(await connect('disable', {})).toBe('up');
  });
});

/** `up` over TLS exactly where the mode asks for it, else the code of the failure. */
async function connect(mode: SslMode, overrides: { tlsCaFile?: string }): Promise<string> {
  const url = new URL(server.url);
  url.searchParams.set('sslmode', mode);
  const database = new Database(aDatasourceConfig({ url: url.href, ...overrides }), 'spec');
  const sql = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
  try {
    const { rows } = await database.run<{ ssl: boolean }>(sql);
    return rows[0]?.ssl === (mode !== 'disable') ? 'up' : 'not encrypted as asked';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await database.stop();
  }
}

/** Makes the server show this certificate from now on. */
async function present({ certFile, keyFile }: TestCertificate): Promise<void> {
  await administer(
    await writing(certFile, 'server.crt'),
    await writing(keyFile, 'server.key'),
    'ALTER SYSTEM SET ssl = on',
  );
}

/** The server writes the file itself, as the user who must own it. */
async function writing(file: string, name: string): Promise<string> {
  const content = (await readFile(file)).toString('base64');
  return `COPY (SELECT '${content}') TO PROGRAM 'base64 -d > ${name} && chmod 600 ${name}'`;
}

async function administer(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  const { rows } = await client.query<{ time: Date }>('SELECT clock_timestamp() AS time, pg_reload_conf()');
  await client.end();
  const deadline = Date.now() + 50_000;
  while ((await loadTime()) < Number(rows[0]?.time)) {
    if (Date.now() > deadline) throw new Error('the server does not reload');
  }
}

/** When the server has last read its settings and certificates, in milliseconds; only a new session shows it. */
async function loadTime(): Promise<number> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query<{ time: Date }>('SELECT pg_conf_load_time() AS time');
  await client.end();
  return Number(rows[0]?.time);
}
