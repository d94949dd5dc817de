import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { KEY_PASSPHRASE, ownClassic, testCertificates } from '@comms/test-servers';
import {
  brokerProperties,
  countOf,
  type Daemon,
  insertRows,
  programOf,
  sampleRows,
  Stage,
} from '@comms/daemon-stage';
import { type CommandEnd, runProgram } from '@comms/kit';

jest.setTimeout(120_000);

const APP = 'push-to-handset';
const BAD_CONFIGURATION = 78;

const { caFile, client } = await testCertificates();

describe('a daemon whose broker asks for a client certificate', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  it('delivers, also while the certificate has been replaced but not its key', async () => {
    const own = await ownClassic({ needClientAuth: true });
    const certFile = join(stage.folder, 'cert.pem');
    await copyFile(client.encrypted.certFile, certFile);
    const key = await readFile(client.encrypted.keyFile, 'utf8');
    const keyFile = await stage.writeKey('key.pem', key, key.split('\n').slice(1, 3));
    const daemon = await stage.start(
      APP,
      {
        ...brokerProperties(own.broker, own.broker.stompSslUrl ?? ''),
        'comms.broker.tls.cert-file': certFile,
        'comms.broker.tls.key-file': keyFile,
      },
      {
        COMMS_BROKER_TLS_KEY_PASSPHRASE_FILE: await stage.writeKey('passphrase', KEY_PASSPHRASE, [
          KEY_PASSPHRASE,
        ]),
      },
    );
    await deliver(daemon);

    await copyFile(client.renewed.certFile, certFile);
    await own.process.restart();
    await deliver(daemon);
    expect(daemon.stdout).toMatch(/"code":"BROKER_TLS_CLIENT_FILES".*"msg":"broker client-certificate-kept"/);

    await copyFile(client.renewed.keyFile, keyFile);
    await own.process.restart();
    await deliver(daemon);
    expect(daemon.stdout).toContain('"msg":"broker client-certificate-renewed"');
    await daemon.stop();
    await own.process.stop();
  });

  /** Inserts rows, and waits until each is delivered. */
  async function deliver(daemon: Daemon): Promise<void> {
    const { client: sql } = stage.database;
    const before = await countOf(sql, 'S');
    await insertRows(sql, 'comms_request_target_distribution', sampleRows(5, 'PUSH'));
    await stage.eventually(
      `${daemon.app} has delivered`,
      () => countOf(sql, 'S'),
      (count) => count === before + 5,
    );
  }
});

describe('the files of TLS', () => {
  const { certFile, keyFile } = client.good;
  const pair = { 'cert-file': certFile, 'key-file': keyFile };
  const encrypted = { 'cert-file': certFile, 'key-file': client.encrypted.keyFile };
  const authorities = { joined: '', indented: '', written: '' };
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'comms-end-to-end-'));
    const pem = await readFile(caFile, 'utf8');
    authorities.joined = await aFile('joined.pem', pem.trim() + pem);
    authorities.indented = await aFile('indented.pem', pem.replaceAll(/^/gm, '  '));
    authorities.written = await aFile('written.pem', pem.replaceAll('\n', '\\n'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('may be authorities that were joined without a line end, and a pair, the key encrypted or not', async () => {
    const tls = { broker: pair, datasource: { ...encrypted, 'key-passphrase': KEY_PASSPHRASE } };
    const end = await run('--print-config', tls, {
      'comms.broker.tls.ca-file': authorities.joined,
      'comms.datasource.tls.ca-file': authorities.joined,
    });
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.stdout).toContain('comms.datasource.tls.key-passphrase = ****');
    expect(end.stdout).not.toContain(KEY_PASSPHRASE);
  });

  it.each<[string, Tls, string[]]>([
    [
      'half a pair',
      { broker: { 'key-file': keyFile }, datasource: { 'cert-file': certFile } },
      [
        'comms.broker.tls.cert-file (not set): is required where comms.broker.tls.key-file is set',
        'comms.datasource.tls.key-file (not set): is required where comms.datasource.tls.cert-file is set',
      ],
    ],
    [
      'a key that does not fit, an expired certificate',
      {
        broker: { ...pair, 'key-file': client.renewed.keyFile },
        datasource: { 'cert-file': client.expired.certFile, 'key-file': client.expired.keyFile },
      },
      ['holds a private key that does not fit the certificate', 'holds a certificate that expired at 20'],
    ],
    [
      'an encrypted key with a wrong passphrase or none',
      { broker: { ...encrypted, 'key-passphrase': 'mistaken' }, datasource: encrypted },
      [
        'comms.broker.tls.key-passphrase (environment variable COMMS_BROKER_TLS_KEY_PASSPHRASE): does not open the private key',
        'holds an encrypted private key, and no passphrase is set',
      ],
    ],
  ])('may not be %s', async (_, tls, problems) => {
    expectFaults(await run('--check-config', tls), problems);
  });

  it('may not be authorities of which not each certificate loads', async () => {
    const end = await run(
      '--check-config',
      {},
      {
        'comms.broker.tls.ca-file': authorities.indented,
        'comms.datasource.tls.ca-file': authorities.written,
      },
    );
    expectFaults(end, ['comms.broker.tls.ca-file', 'comms.datasource.tls.ca-file']);
  });

  it('may not be a pair for a URL without TLS', async () => {
    const end = await run('--check-config', { broker: pair, datasource: pair }, PLAIN);
    expectFaults(end, [
      'has no effect when no URL of the broker has TLS',
      'has no effect when sslmode is disable',
    ]);
  });

  async function aFile(name: string, content: string): Promise<string> {
    const file = join(folder, name);
    await writeFile(file, content);
    return file;
  }

  /** One line each, in any order. */
  function expectFaults({ code, stderr }: CommandEnd, problems: readonly string[]) {
    expect(code).toBe(BAD_CONFIGURATION);
    for (const problem of problems) expect(stderr).toContain(problem);
    expect(stderr.trim().split('\n')).toHaveLength(problems.length);
    expect(stderr).not.toContain('mistaken');
  }
});

/** The properties of TLS of each part, by the end of their key. */
type Tls = Partial<Record<'broker' | 'datasource', Record<string, string>>>;

const PLAIN = { 'comms.datasource.url': 'postgres://u@h/d', 'comms.broker.url': 'stomp://h:1,ws://h:2' };
const WITH_TLS = {
  'comms.datasource.url': 'postgres://u@h/d?sslmode=require',
  'comms.broker.url': 'stomp://h:1,wss://h:2',
};

function run(command: string, tls: Tls, properties: Record<string, string> = {}): Promise<CommandEnd> {
  const ofTls = Object.entries(tls).flatMap(([part, values]) =>
    Object.entries(values).map(([end, value]) => [`comms.${part}.tls.${end}`, value] as const),
  );
  const all = Object.entries({ ...WITH_TLS, ...Object.fromEntries(ofTls), ...properties });
  const variables = all.map(([key, value]) => [key.toUpperCase().replaceAll(/[.-]/g, '_'), value] as const);
  return runProgram(programOf(APP), [command], Object.fromEntries(variables));
}
