import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  KEY_PASSPHRASE,
  type OwnPostgres,
  startPostgres,
  type TestCertificate,
  testCertificates,
} from '@comms/test-servers';
import { Client } from 'pg';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import { aDatasourceConfig } from '../testing/index.js';
import { Database } from './database.js';
import type { TlsFileListener } from './tls-files.js';

const certificates = await testCertificates();
const { client } = certificates;

let server: OwnPostgres;
let url: string;
beforeAll(async () => {
  server = await startPostgres();
  await askForCertificates();
  url = `${server.url.replace('//postgres:postgres@', '//comms:comms-password@')}?sslmode=verify-full`;
}, 60_000);
afterAll(() => server.process.stop());

const databases: Database[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.stop();
});

describe('a database that asks for the certificate of its user', () => {
  it.each<[string, Partial<DatasourceConfig>, string]>([
    ['the right one', propertiesOf(client.good), 'comms'],
    ['an encrypted key', { ...propertiesOf(client.encrypted), tlsKeyPassphrase: KEY_PASSPHRASE }, 'comms'],
    ['none', {}, 'STORE_LOGIN_REFUSED'],
    ['one of another authority', propertiesOf(client.foreign), 'STORE_TLS_CLIENT_REFUSED'],
    ['one of another user', propertiesOf(certificates.good), 'STORE_LOGIN_REFUSED'],
    ['an expired one', propertiesOf(client.expired), 'STORE_TLS_CLIENT_FILES'],
    [
      'a key that does not fit',
      { ...propertiesOf(client.good), tlsKeyFile: client.renewed.keyFile },
      'STORE_TLS_CLIENT_FILES',
    ],
    [
      'a wrong passphrase',
      { ...propertiesOf(client.encrypted), tlsKeyPassphrase: 'mistaken' },
      'STORE_TLS_CLIENT_FILES',
    ],
  ])('when shown %s', async (_, certificate, outcome) => {
    expect(await userOf(open(certificate).database)).toBe(outcome);
  });

  it('says why the files of the certificate cannot be used, and nothing of the passphrase', async () => {
    const { database } = open({ ...propertiesOf(client.encrypted), tlsKeyPassphrase: 'mistaken' });
    await expect(database.run('SELECT 1')).rejects.toMatchObject({
      message:
        "The client certificate can't be used: comms.datasource.tls.key-passphrase does not open the private key.",
    });
  });
});

describe('a client certificate that is replaced while the daemon runs', () => {
  it('is presented from the next connection on; while certificate and key do not fit, the last good one is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'comms-client-certificate-'));
    const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
    const put = async ({ certFile, keyFile }: TestCertificate) => {
      await copyFile(certFile, files.certFile);
      await copyFile(keyFile, files.keyFile);
    };
    await put(client.good);
    const { database, told } = open(propertiesOf(files));
    const first = await serialOf(database);

    await put({ ...client.good, certFile: client.renewed.certFile });
    expect(await serialOf(database)).toBe(first);
    await put(client.renewed);
    expect(await serialOf(database)).not.toBe(first);
    await put(client.expired);
    expect(await serialOf(database)).not.toBe(first);
    await put(client.good);
    expect(await serialOf(database)).toBe(first);

    const key = 'comms.datasource.tls.cert-file';
    const code = 'STORE_TLS_CLIENT_FILES';
    const kept = (text: string) => ({
      kind: 'kept',
      key,
      code,
      text: expect.stringContaining(text) as unknown,
    });
    expect(told).toEqual([
      kept('comms.datasource.tls.key-file holds a private key that does not fit the certificate'),
      { kind: 'renewed', key, code },
      kept('comms.datasource.tls.cert-file holds a certificate that expired at '),
      { kind: 'renewed', key, code },
    ]);
    await rm(folder, { recursive: true });
  });
});

function propertiesOf({ certFile, keyFile }: TestCertificate): Partial<DatasourceConfig> {
  return { tlsCertFile: certFile, tlsKeyFile: keyFile };
}

function open(certificate: Partial<DatasourceConfig>) {
  const told: Parameters<TlsFileListener>[0][] = [];
  const config = aDatasourceConfig({ url, tlsCaFile: certificates.caFile, ...certificate });
  const database = new Database(config, 'spec', (event) => told.push(event));
  databases.push(database);
  return { database, told };
}

async function userOf(database: Database): Promise<string> {
  try {
    const { rows } = await database.run<{ name: string }>('SELECT current_user::text AS name');
    return rows[0]?.name ?? '';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** The serial number of the certificate of a session that is new, since all earlier ones are left in a transaction. */
async function serialOf(database: Database): Promise<string | undefined> {
  const sql = 'SELECT client_serial::text AS serial FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
  const { results } = await database.begin<{ serial: string }>(sql);
  return results[0]?.rows[0]?.serial;
}

/** Only TLS for all users except the administrator, and a certificate whose common name is the user. */
async function askForCertificates(): Promise<void> {
  const administrator = new Client({ connectionString: server.url });
  await administrator.connect();
  const access = [
    'hostssl all comms 127.0.0.1/32 scram-sha-256 clientcert=verify-full',
    'host all postgres 127.0.0.1/32 scram-sha-256',
  ];
  const files = {
    'pg_hba.conf': Buffer.from(`${access.join('\n')}\n`),
    'server.crt': await readFile(certificates.good.certFile),
    'server.key': await readFile(certificates.good.keyFile),
    'root.crt': await readFile(certificates.caFile),
  };
  // The server writes its files itself, as the user who must own them.
  for (const [name, content] of Object.entries(files)) {
    await administrator.query(
      `COPY (SELECT '${content.toString('base64')}') TO PROGRAM 'base64 -d > ${name} && chmod 600 ${name}'`,
    );
  }
  await administrator.query("CREATE ROLE comms LOGIN PASSWORD 'comms-password'");
  await administrator.query("ALTER SYSTEM SET ssl_ca_file = 'root.crt'");
  await administrator.query('ALTER SYSTEM SET ssl = on');
  await administrator.end();
  await server.process.restart();
}
