import { afterEach, describe, expect, it } from '@jest/globals';
import { testPostgres, twoAddresses } from '@comms/test-servers';
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
  const { port, places, stop } = await twoAddresses(addresses, Number(url.port));
  opened.push({ close: stop });
  Object.assign(url, { hostname: 'localhost', port: String(port) });
  const database = new Database(aDatasourceConfig({ url: url.href, connectTimeout: 9_000 }), 'spec');
  opened.push({ close: () => database.stop() });
  return { database, places };
}
