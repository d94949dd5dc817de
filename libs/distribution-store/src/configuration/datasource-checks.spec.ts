import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfiguration, renderFaults, renderProperties } from '@comms/config';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { DATASOURCE_CHECKS } from './datasource-checks.js';
import { DatasourceConfig } from './datasource.config.js';
import { TimeExclusionConfig } from './time-exclusion.config.js';

const URL_VARIABLE = 'COMMS_DATASOURCE_URL';
const CA_FILE_VARIABLE = 'COMMS_DATASOURCE_TLS_CA_FILE';
const [CERTIFICATE = ''] = rootCertificates;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comms-datasource-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the datasource properties', () => {
  it('need no more than the URL', async () => {
    const { config } = await load({ [URL_VARIABLE]: 'postgres://u:secret@h/d' });
    expect(config).toMatchObject({
      schema: 'public',
      tlsCaFile: undefined,
      poolSize: 7,
      connectTimeout: 5000,
      statementTimeout: 30_000,
      lockTimeout: 5000,
      idleInTransactionTimeout: 120_000,
    });
  });

  it('hide the password of the URL wherever they are shown', async () => {
    const { shown, config } = await load({ [URL_VARIABLE]: 'postgres://u:secret@h/d' });
    expect(shown).toContain('postgres://u:****@h/d');
    expect(JSON.stringify([shown, config])).not.toContain('secret');
  });

  it.each([
    [{}, 'comms.datasource.url (not set): is required'],
    [{ [URL_VARIABLE]: 'mysql://u:secret@h/d' }, 'comms.datasource.url'],
    [{ COMMS_DATASOURCE_SCHEMA: 'a;b' }, 'comms.datasource.schema'],
    [{ COMMS_DATASOURCE_POOL_SIZE: '2' }, 'comms.datasource.pool-size'],
    [{ COMMS_DATASOURCE_STATEMENT_TIMEOUT: '0s' }, 'comms.datasource.statement-timeout'],
    [{ COMMS_DATASOURCE_IDLE_IN_TRANSACTION_TIMEOUT: '2d' }, 'comms.datasource.idle-in-transaction-timeout'],
    [{ COMMS_TIME_EXCLUSION_MODE: 'send-never' }, 'comms.time-exclusion.mode'],
  ])('refuse %p', async (environment, fault) => {
    const { faults } = await load(environment);
    expect(faults).toContain(fault);
    expect(faults).not.toContain('secret');
  });
});

describe('the certificate authorities', () => {
  const verifying = (mode: string) => `postgres://u@h/d?sslmode=${mode}`;

  it.each(['require', 'verify-full', 'verify-ca'])('go with sslmode %s', async (mode) => {
    const file = await aFile(CERTIFICATE);
    const { faults } = await load({ [URL_VARIABLE]: verifying(mode), [CA_FILE_VARIABLE]: file });
    expect(faults).toBe('');
  });

  it.each(['disable', 'no-verify'])('have no effect with sslmode %s, which is refused', async (mode) => {
    const file = await aFile(CERTIFICATE);
    const { faults } = await load({ [URL_VARIABLE]: verifying(mode), [CA_FILE_VARIABLE]: file });
    expect(faults).toContain(
      `comms.datasource.tls.ca-file (environment variable ${CA_FILE_VARIABLE}): has no effect`,
    );
  });

  it('are required with sslmode verify-ca', async () => {
    const { faults } = await load({ [URL_VARIABLE]: verifying('verify-ca') });
    expect(faults).toContain('comms.datasource.tls.ca-file (not set): is required when sslmode is verify-ca');
  });

  it.each([
    ['no such file', '/nowhere/ca.pem', 'cannot be read (ENOENT)'],
    ['a directory', tmpdir(), 'cannot be read (EISDIR)'],
  ])('must be a file: %s', async (_, file, problem) => {
    const { faults } = await load({ [URL_VARIABLE]: verifying('require'), [CA_FILE_VARIABLE]: file });
    expect(faults).toContain(problem);
  });

  it.each([
    ['an empty file', '\n', 'holds no certificate'],
    ['a text', 'not a certificate', 'holds no certificate'],
    ['a certificate cut short', CERTIFICATE.slice(0, 200), 'holds a certificate that is cut short'],
    ['an indented certificate', CERTIFICATE.replaceAll(/^/gm, '  '), 'cannot be used (ERR_OSSL_'],
    ['line ends written out', CERTIFICATE.replaceAll('\n', '\\n'), 'cannot be used (ERR_OSSL_'],
  ])('must be PEM: %s', async (_, content, problem) => {
    const file = await aFile(content);
    const { faults } = await load({ [URL_VARIABLE]: verifying('require'), [CA_FILE_VARIABLE]: file });
    expect(faults).toContain(problem);
  });
});

describe('the client certificate', () => {
  const CERT = 'COMMS_DATASOURCE_TLS_CERT_FILE';
  const KEY = 'COMMS_DATASOURCE_TLS_KEY_FILE';
  const PASS = 'COMMS_DATASOURCE_TLS_KEY_PASSPHRASE';
  const url = { [URL_VARIABLE]: 'postgres://u@h/d?sslmode=verify-full' };

  it.each([
    ['needs its key', { ...url, [CERT]: '/c' }, 'comms.datasource.tls.key-file (not set): is required'],
    ['goes with the key', { ...url, [KEY]: '/k' }, 'comms.datasource.tls.cert-file (not set): is required'],
    [
      'has no effect without TLS, which is refused',
      { [URL_VARIABLE]: 'postgres://u@h/d', [CERT]: '/c', [KEY]: '/k' },
      `comms.datasource.tls.cert-file (environment variable ${CERT}): has no effect when sslmode is disable`,
    ],
    [
      'must be there',
      { ...url, [CERT]: '/nowhere/c', [KEY]: '/nowhere/k' },
      `comms.datasource.tls.cert-file (environment variable ${CERT}): cannot be read (ENOENT)`,
    ],
  ])('%s', async (_, environment, fault) => {
    const { faults } = await load({ ...environment, [PASS]: 'mistaken' });
    expect(faults).toContain(fault);
    expect(faults).not.toContain('mistaken');
  });
});

async function aFile(content: string): Promise<string> {
  const file = join(folder, 'ca.pem');
  await writeFile(file, content);
  return file;
}

/** What an operator sees, and what the program gets, of these environment variables. */
async function load(environment: Record<string, string>) {
  const { configuration, faults = [] } = await loadConfiguration({
    sections: [{ type: DatasourceConfig }, { type: TimeExclusionConfig }],
    knownKeys: [],
    checks: DATASOURCE_CHECKS,
    environment,
  });
  return {
    config: configuration?.get(DatasourceConfig),
    shown: configuration && renderProperties(configuration),
    faults: renderFaults(faults),
  };
}
