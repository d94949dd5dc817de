import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer as createPlainServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { aConfig } from '@comms/config/testing';
import { StompBroker } from '@comms/stomp-broker';
import { type TestCertificate, type TestCertificates, testCertificates } from '@comms/test-servers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { aBrokerConfig } from './testing/a-broker-config.js';
import { QueueConfig } from './queue.config.js';
import { QueueCourier } from './queue-courier.js';

const certificates = await testCertificates();

describe.each(['stomp+ssl', 'wss'])('a broker behind TLS, over %s', (scheme) => {
  it('is accepted with a certificate of its own authority', async () => {
    const courier = await setup(scheme, certificates.good);
    await courier.prepare();
    expect(courier.condition()).toMatchObject({ state: 'up' });
  });

  it.each<[keyof TestCertificates, string]>([
    ['expired', 'BROKER_TLS_EXPIRED'],
    ['wrongHost', 'BROKER_TLS_WRONG_HOST'],
    ['unknownAuthority', 'BROKER_TLS_UNKNOWN_CA'],
  ])('is refused with a certificate that is %s', async (name, code) => {
    const courier = await setup(scheme, certificates[name] as TestCertificate);
    await courier.prepare();
    expect(courier.condition()).toMatchObject({ state: 'down', code });
  });

  it('is refused without the file of its authority', async () => {
    const courier = await setup(scheme, certificates.good, null);
    await courier.prepare();
    expect(courier.condition()).toMatchObject({ state: 'down', code: 'BROKER_TLS_UNKNOWN_CA' });
  });

  it('is accepted with one of several authorities in a file that was joined without a line end', async () => {
    const { caFile, unknownAuthority } = certificates;
    const texts = await Promise.all(
      [unknownAuthority.certFile, caFile].map((file) => readFile(file, 'utf8')),
    );
    const joined = await aFile(texts.map((text) => text.trim()).join(''));
    const courier = await setup(scheme, certificates.good, joined);
    await courier.prepare();
    expect(courier.condition()).toMatchObject({ state: 'up' });
  });

  it.each<[string, (pem: string) => string]>([
    ['is indented', (pem) => pem.replaceAll(/^/gm, '  ')],
    ['has its line ends written out', (pem) => pem.replaceAll('\n', '\\n')],
    ['is cut', (pem) => pem.slice(0, 200)],
  ])('gets no connection while a certificate of its own authorities %s', async (_, spoil) => {
    const pem = await readFile(certificates.caFile, 'utf8');
    const courier = await setup(scheme, certificates.good, await aFile(pem + spoil(pem)));
    await courier.prepare();
    expect(courier.condition()).toMatchObject({ state: 'down', code: 'BROKER_TLS_CA_FILE' });
  });

  it('is distinguished from a port without TLS', async () => {
    const server = createPlainServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.end('ERROR\nmessage:what?\n\n\0'));
    });
    const courier = startCourier(`${scheme}://127.0.0.1:${await listening(server)}`, certificates.caFile);
    await courier.prepare();
    expect(courier.condition()).toMatchObject({ state: 'down', code: 'BROKER_NOT_TLS' });
  });

  it.each(['/does/not/exist.pem', certificates.good.keyFile])(
    'gets no connection while its own authority cannot be read from %s',
    async (file) => {
      const courier = await setup(scheme, certificates.good, file);
      await courier.prepare();
      expect(courier.condition()).toMatchObject({ state: 'down', code: 'BROKER_TLS_CA_FILE' });
    },
  );
});

const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function setup(
  scheme: string,
  certificate: TestCertificate,
  caFile: string | null = certificates.caFile,
) {
  const broker = await startBroker();
  const port = await startTls(certificate, scheme === 'wss' ? broker.webSocketPort : broker.port);
  return startCourier(`${scheme}://127.0.0.1:${port}`, caFile);
}

async function aFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'comms-authorities-'));
  opened.push({ close: () => rm(folder, { recursive: true }) });
  const file = join(folder, 'ca.pem');
  await writeFile(file, content);
  return file;
}

async function startBroker(): Promise<StompBroker> {
  const broker = await StompBroker.start({ webSocketPort: 0 });
  opened.push({ close: () => broker.stop() });
  return broker;
}

/** A TLS port in front of a plain one. */
async function startTls({ certFile, keyFile }: TestCertificate, port: number): Promise<number> {
  const [cert, key] = await Promise.all([readFile(certFile), readFile(keyFile)]);
  const server = createServer({ cert, key }, (socket) => {
    const behind = connect(port, '127.0.0.1');
    socket.on('error', () => behind.destroy()).pipe(behind);
    behind.on('error', () => socket.destroy()).pipe(socket);
  });
  return listening(server);
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ close: () => server.close() });
  return (server.address() as AddressInfo).port;
}

function startCourier(url: string, tlsCaFile: string | null): QueueCourier {
  const courier = new QueueCourier(
    aBrokerConfig({ url: [url], ...(tlsCaFile !== null && { tlsCaFile }) }),
    aConfig(QueueConfig),
  );
  opened.push({ close: () => courier.stop() });
  return courier;
}
