import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KEY_PASSPHRASE, runCommand, testCertificates } from '@comms/test-servers';
import {
  clientCertificateFaults,
  type ClientCertificateFiles,
  readClientCertificate,
} from './read-client-certificate.js';

const certificates = await testCertificates();
const { client } = certificates;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comms-client-certificate-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('readClientCertificate', () => {
  it('gives TLS the certificate and its key', async () => {
    expect(read(client.good)).toEqual({
      value: {
        cert: (await readFile(client.good.certFile, 'utf8')).trim(),
        key: await readFile(client.good.keyFile, 'utf8'),
      },
    });
  });

  it('decrypts a key with its passphrase', () => {
    expect(read({ ...client.encrypted, passphrase: KEY_PASSPHRASE })).toEqual(read(client.good));
  });

  it('decrypts a key of the older form', async () => {
    const keyFile = join(folder, 'older.key');
    const password = ['-passout', `pass:${KEY_PASSPHRASE}`];
    await runCommand('openssl', ['ec', '-in', client.good.keyFile, '-aes256', '-out', keyFile, ...password]);
    const { certFile } = client.good;
    expect(read({ certFile, keyFile, passphrase: KEY_PASSPHRASE })).toEqual(read(client.good));
    expect(read({ certFile, keyFile })).toMatchObject({ problem: expect.stringContaining('encrypted') });
    expect(read({ certFile, keyFile, passphrase: 'wrong' })).toMatchObject({ field: 'passphrase' });
  });

  it('skips a passphrase that the key does not need', () => {
    expect(read({ ...client.good, passphrase: 'wrong' })).toEqual(read(client.good));
  });

  it('takes the chain and the key from one file', async () => {
    const parts = [client.good.certFile, certificates.caFile, client.good.keyFile];
    const texts = await Promise.all(parts.map((part) => readFile(part, 'utf8')));
    const file = await aFile(texts.map((text) => text.trim()).join(''));
    const both = read({ certFile: file, keyFile: file });
    expect(both).toEqual({ field: 'keyFile', problem: 'holds no private key' });
    const lines = await aFile(texts.join('# a comment\n'));
    expect(read({ certFile: lines, keyFile: lines })).toMatchObject({
      value: { cert: /^(-.*?END.*?){2}$/s },
    });
  });

  it.each<[string, Partial<ClientCertificateFiles>, ReturnType<typeof of>]>([
    ['no such certificate', { certFile: '/nowhere' }, of('certFile', 'cannot be read (ENOENT)')],
    ['no such key', { keyFile: '/nowhere' }, of('keyFile', 'cannot be read (ENOENT)')],
    [
      'a key in place of the certificate',
      { certFile: client.good.keyFile },
      of('certFile', 'holds no certificate'),
    ],
    [
      'a certificate in place of the key',
      { keyFile: client.good.certFile },
      of('keyFile', 'holds no private key'),
    ],
    ['an expired certificate', client.expired, of('certFile', 'holds a certificate that expired at 20')],
    ['another key', { keyFile: client.renewed.keyFile }, of('keyFile', 'does not fit the certificate')],
    ['an encrypted key', client.encrypted, of('keyFile', 'encrypted private key, and no passphrase is set')],
    [
      'a wrong passphrase',
      { ...client.encrypted, passphrase: 'mistaken' },
      of('passphrase', 'does not open the private key'),
    ],
    [
      'a very long passphrase',
      { ...client.encrypted, passphrase: 'mistaken'.repeat(1000) },
      of('passphrase', 'does not open the private key'),
    ],
  ])('refuses %s', (_, files, expected) => {
    const found = read({ ...client.good, ...files });
    expect(found).toEqual(expected);
    expect(JSON.stringify(found)).not.toContain('mistaken');
  });

  it('refuses a certificate that is not valid yet', async () => {
    const { validFrom } = new X509Certificate(await readFile(client.good.certFile));
    const before = new Date(Date.parse(validFrom) - 1000);
    expect(readClientCertificate({ ...client.good, passphrase: undefined }, before)).toEqual({
      field: 'certFile',
      problem: `holds a certificate that is not valid before ${new Date(validFrom).toISOString()}`,
    });
  });

  it('refuses a truncated key', async () => {
    const keyFile = await aFile((await readFile(client.good.keyFile, 'utf8')).slice(0, 100));
    expect(read({ ...client.good, keyFile })).toMatchObject({
      field: 'keyFile',
      problem: expect.stringMatching(/^holds a private key that cannot be used \(ERR_\w+\)$/) as unknown,
    });
  });

  it('refuses what TLS itself would not take', async () => {
    const [keyFile, certFile] = [join(folder, 'small.key'), join(folder, 'small.pem')];
    const small = [
      '-newkey',
      'rsa:512',
      '-nodes',
      '-subj',
      '/CN=comms',
      '-keyout',
      keyFile,
      '-out',
      certFile,
    ];
    await runCommand('openssl', ['req', '-x509', ...small]);
    expect(read({ certFile, keyFile })).toEqual({
      field: 'certFile',
      problem: 'holds a certificate that TLS does not allow (ERR_SSL_EE_KEY_TOO_SMALL)',
    });
  });
});

describe('clientCertificateFaults', () => {
  const { certFile, keyFile } = client.good;

  it.each([
    ['nothing is set', {}, []],
    ['all is well', { certFile, keyFile }, []],
    ['the key is missing', { certFile }, [{ key: 'x.key', problem: 'is required where x.cert is set' }]],
    [
      'the certificate is missing',
      { keyFile },
      [{ key: 'x.cert', problem: 'is required where x.key is set' }],
    ],
    [
      'only a passphrase is set',
      { passphrase: 'p' },
      [{ key: 'x.key', problem: 'is required where x.pass is set' }],
    ],
    [
      'the files cannot be used',
      { certFile, keyFile: certFile },
      [{ key: 'x.key', problem: 'holds no private key' }],
    ],
  ])('where %s', (_, values, faults) => {
    expect(faultsOf(values)).toEqual(faults);
  });

  it('where no connection would present it', () => {
    expect(faultsOf({ certFile, keyFile }, 'has no effect')).toEqual([
      { key: 'x.cert', problem: 'has no effect' },
    ]);
    expect(faultsOf({}, 'has no effect')).toEqual([]);
  });

  function faultsOf(values: Partial<ClientCertificateFiles>, noEffect?: string) {
    const keys = { certFile: 'x.cert', keyFile: 'x.key', passphrase: 'x.pass' };
    return clientCertificateFaults({ values, keys, noEffect });
  }
});

/** A problem whose text has these words in it. */
function of(field: keyof ClientCertificateFiles, words: string) {
  return { field, problem: expect.stringContaining(words) as unknown };
}

function read(files: Omit<ClientCertificateFiles, 'passphrase'> & { passphrase?: string | undefined }) {
  return readClientCertificate({ passphrase: undefined, ...files });
}

async function aFile(content: string): Promise<string> {
  const file = join(folder, 'file.pem');
  await writeFile(file, content);
  return file;
}
