import { afterEach, describe, expect, it } from '@jest/globals';
import { aConfig } from '@comms/config/testing';
import { testClassic, twoAddresses } from '@comms/test-servers';
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
  const { port, places, stop } = await twoAddresses(addresses, Number(target));
  opened.push({ close: stop });
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
