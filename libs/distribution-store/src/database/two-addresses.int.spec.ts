import { afterEach, describe, expect, it, jest } from '@jest/globals';
import dns from 'node:dns';
import { freePort, fullPort, type FullPort, testPostgres } from '@comms/test-servers';
import { aDatasourceConfig } from '../testing/index.js';
import { Database } from './database.js';

const { adminUrl } = await testPostgres();

const [ONE, OTHER] = ['127.0.0.2', '127.0.0.3'];

describe('a database whose name has two addresses', () => {
  it('is reached by the first, which is slow, where the second is gone', async () => {
    const { database, places } = await setup([ONE, OTHER]);
    const answer = database.run('SELECT 1 AS one');
    await places[0].knocked();
    await places[0].open();
    expect((await answer).rows).toEqual([{ one: 1 }]);
  });

  it('is reached by the second, where the first is gone', async () => {
    const { database, places } = await setup([OTHER, ONE]);
    const answer = database.run('SELECT 1 AS one');
    await places[0].knocked();
    await places[1].open();
    expect((await answer).rows).toEqual([{ one: 1 }]);
  });
});

const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

/** The name of the URL stands for these addresses, in this order; no connection is accepted at any of them. */
async function setup(addresses: readonly [string, string]) {
  const url = new URL(adminUrl);
  const target = Number(url.port);
  const port = await freePort();
  const fullAt = async (host: string): Promise<FullPort> => {
    const place = await fullPort({ host, port }, target);
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
  Object.assign(url, { hostname: 'localhost', port: String(port) });
  const database = new Database(aDatasourceConfig({ url: url.href, connectTimeout: 9_000 }), 'spec');
  opened.push({ close: () => database.stop() });
  return { database, places };
}
