import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aConfig } from '@comms/config/testing';
import {
  KEY_PASSPHRASE,
  ownArtemis,
  ownClassic,
  type TestBroker,
  type TestCertificate,
  testCertificates,
} from '@comms/test-servers';
import type { BrokerConfig } from '../broker.config.js';
import type { BrokerEvent } from '../link/broker-event.js';
import { QueueConfig } from '../queue.config.js';
import { QueueCourier } from '../queue-courier.js';
import { aBrokerConfig } from '../testing/a-broker-config.js';
import { eventually } from '../testing/eventually.js';

const { client } = await testCertificates();
const classic = await ownClassic({ needClientAuth: true });
const artemis = await ownArtemis({ needClientAuth: true });
const doors = [classic, artemis].flatMap((own) => {
  if (own === null) return [];
  const { kind, stompSslUrl, wssUrl } = own.broker;
  return [stompSslUrl, wssUrl].flatMap((url) =>
    url === null ? [] : { kind, url, scheme: url.split(':')[0], own },
  );
});

afterAll(async () => {
  await Promise.all([classic.process.stop(), artemis?.process.stop()]);
});

describe.each(doors)('$kind over $scheme that asks for a client certificate', ({ url, own }) => {
  const conditionWith = async (certificate: Partial<BrokerConfig>) => {
    const { courier } = startCourier(url, own.broker, certificate);
    await courier.prepare();
    return courier.condition();
  };

  it('accepts a certificate that it knows', async () => {
    expect(await conditionWith(propertiesOf(client.good))).toMatchObject({ state: 'up' });
  });

  it('accepts a certificate that it knows, with an encrypted key', async () => {
    const certificate = { ...propertiesOf(client.encrypted), tlsKeyPassphrase: KEY_PASSPHRASE };
    expect(await conditionWith(certificate)).toMatchObject({ state: 'up' });
  });

  it.each<[string, Partial<BrokerConfig>]>([
    ['without a certificate', {}],
    ['with one of another authority', propertiesOf(client.foreign)],
  ])('accepts no connection %s', async (_, certificate) => {
    expect(await conditionWith(certificate)).toMatchObject({
      state: 'down',
      code: 'BROKER_TLS_CLIENT_REFUSED',
    });
  });

  it.each<[string, Partial<BrokerConfig>, string]>([
    ['has expired', propertiesOf(client.expired), 'cert-file holds a certificate that expired at '],
    [
      'the key does not fit',
      { ...propertiesOf(client.good), tlsKeyFile: client.renewed.keyFile },
      'key-file holds a private key that does not fit the certificate.',
    ],
    [
      'the passphrase is wrong',
      { ...propertiesOf(client.encrypted), tlsKeyPassphrase: 'mistaken' },
      'key-passphrase does not open the private key.',
    ],
  ])('is not asked with a certificate that %s', async (_, certificate, problem) => {
    const condition = await conditionWith(certificate);
    expect(condition).toMatchObject({ state: 'down', code: 'BROKER_TLS_CLIENT_FILES' });
    expect(condition.text).toContain(`The client certificate cannot be used. comms.broker.tls.${problem}`);
    expect(condition.text).not.toContain('mistaken');
  });
});

describe('a client certificate that is replaced while the daemon runs', () => {
  it('is presented from the next connection on; while certificate and key do not fit, the last good one is', async () => {
    const { put, reconnected, events } = await setup();
    await put(client.good);
    expect(await reconnected()).toBe('up');

    await put({ ...client.good, certFile: client.renewed.certFile });
    expect(await reconnected()).toBe('up');
    expect(await reconnected()).toBe('up');
    await put(client.renewed);
    expect(await reconnected()).toBe('up');
    await put(client.expired);
    expect(await reconnected()).toBe('up');
    await put(client.foreign);
    expect(await reconnected()).toBe('down');
    await put(client.good);
    expect(await reconnected()).toBe('up');

    expect(events.filter(({ type }) => type.startsWith('client-certificate'))).toEqual([
      kept('comms.broker.tls.key-file holds a private key that does not fit the certificate'),
      { type: 'client-certificate-renewed', broker: expect.any(String) },
      kept(expect.stringContaining('comms.broker.tls.cert-file holds a certificate that expired at ')),
      { type: 'client-certificate-renewed', broker: expect.any(String) },
      { type: 'client-certificate-renewed', broker: expect.any(String) },
    ]);
  });

  const kept = (text: unknown) => ({
    type: 'client-certificate-kept',
    broker: expect.any(String) as unknown,
    code: 'BROKER_TLS_CLIENT_FILES',
    text,
  });

  async function setup() {
    const folder = await mkdtemp(join(tmpdir(), 'comms-client-certificate-'));
    opened.push({ close: () => rm(folder, { recursive: true }) });
    const relay = await startRelay(Number(new URL(classic.broker.stompSslUrl ?? '').port));
    const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
    const { courier, events } = startCourier(
      `stomp+ssl://127.0.0.1:${relay.port}`,
      classic.broker,
      propertiesOf(files),
    );
    const put = async ({ certFile, keyFile }: TestCertificate) => {
      await copyFile(certFile, files.certFile);
      await copyFile(keyFile, files.keyFile);
    };
    const reconnected = async () => {
      relay.cut();
      await eventually('the connection has ended', () => courier.condition().state !== 'up');
      await courier.prepare();
      return courier.condition().state;
    };
    return { put, reconnected, events };
  }
});

function propertiesOf({ certFile, keyFile }: TestCertificate): Partial<BrokerConfig> {
  return { tlsCertFile: certFile, tlsKeyFile: keyFile };
}

const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

function startCourier(
  url: string,
  { username, password, caFile }: TestBroker,
  certificate: Partial<BrokerConfig>,
) {
  const tls = { ...(caFile !== null && { tlsCaFile: caFile }), ...certificate };
  const courier = new QueueCourier(
    aBrokerConfig({ url: [url], username, password, connectTimeout: 10_000, ...tls }),
    aConfig(QueueConfig),
  );
  const events: BrokerEvent[] = [];
  courier.subscribe((event) => events.push(event));
  opened.push({ close: () => courier.stop() });
  return { courier, events };
}

/** Passes bytes on to a port of this machine; `cut` ends all connections. */
async function startRelay(port: number) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const behind = connect(port, '127.0.0.1');
    for (const [each, other] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      sockets.add(each);
      each
        .on('error', () => undefined)
        .on('close', () => other.destroy())
        .pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  opened.push({
    close: () => {
      cut();
      server.close();
    },
  });
  return { port: (server.address() as AddressInfo).port, cut };
}
