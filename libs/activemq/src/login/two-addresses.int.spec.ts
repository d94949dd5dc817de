import { afterEach, describe, expect, it, jest } from '@jest/globals';
import dns from 'node:dns';
import { aConfig } from '@comms/config/testing';
import { freePort, fullPort, type FullPort, testClassic } from '@comms/test-servers';
import { QueueConfig } from '../queue.config.js';
import { QueueCourier } from '../queue-courier.js';
import { aBrokerConfig } from '../testing/a-broker-config.js';

const classic = await testClassic();
const urls = [classic.stompUrl, classic.stompSslUrl, classic.wsUrl, classic.wssUrl].filter(
  (url) => url !== null,
);

const [ONE, OTHER] = ['127.0.0.2', '127.0.0.3'];

describe.each(urls)('a broker whose name has two addresses, at %s', (url) => {
  it('is reached by the first, which is slow, where the second is gone', async () => {
    const { courier, places } = await setup(url, [ONE, OTHER]);
    const prepared = courier.prepare();
    await places[0].knocked();
    await places[0].open();
    await prepared;
    expect(courier.condition()).toMatchObject({ state: 'up' });
  });

  it('is reached by the second, where the first is gone', async () => {
    const { courier, places } = await setup(url, [OTHER, ONE]);
    const prepared = courier.prepare();
    await places[0].knocked();
    await places[1].open();
    await prepared;
    expect(courier.condition()).toMatchObject({ state: 'up' });
  });
});

const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

/** The name of the URL resolves to these addresses, in this order. None of them accepts a connection. */
async function setup(brokerUrl: string, addresses: readonly [string, string]) {
  const { protocol, pathname, port: target } = new URL(brokerUrl);
  const port = await freePort();
  const fullAt = async (host: string): Promise<FullPort> => {
    const place = await fullPort({ host, port }, Number(target));
    opened.push({ close: () => place.stop() });
    return place;
  };
  const places = [await fullAt(addresses[0]), await fullAt(addresses[1])] as const;
  const found = addresses.map((address) => ({ address, family: 4 }));
  const lookup = jest.spyOn(dns, 'lookup').mockImplementation((...args: unknown[]) => {
    (args.at(-1) as (error: null, found: dns.LookupAddress[]) => void)(null, found);
  });
  opened.push({
    close: () => {
      lookup.mockRestore();
    },
  });
  const url = [`${protocol}//localhost:${port}${pathname}`];
  const { username, password, caFile } = classic;
  const courier = new QueueCourier(
    aBrokerConfig({
      url,
      username,
      password,
      connectTimeout: 9_000,
      ...(caFile !== null && { tlsCaFile: caFile }),
    }),
    aConfig(QueueConfig),
  );
  opened.push({ close: () => courier.stop() });
  return { courier, places };
}
