import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfiguration } from '@comms/config';
import { DatasourceConfig } from '../configuration/datasource.config.js';
import { migratedSuite } from '../testing/index.js';
import { Database } from './database.js';

const suite = migratedSuite('spec');

let folder: string;
let urlFile: string;
let login: string;
let database: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comms-login-'));
  urlFile = join(folder, 'url');
  login = `spec_${randomUUID().slice(0, 8)}`;
  await suite.client.query(`CREATE ROLE ${login} LOGIN PASSWORD 'first'`);
  await writeFile(urlFile, urlOf(login, 'first'));
  database = new Database(await configOf({ COMMS_DATASOURCE_URL_FILE: urlFile }), 'spec');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  await database.stop();
  await suite.client.query(`DROP ROLE ${login}`);
});

describe('a login whose secret file changes', () => {
  it('is used from the next connection on, while those that are open stay', async () => {
    const { transaction } = await database.begin(WHO);
    await suite.client.query(`ALTER ROLE ${login} PASSWORD 'second'`);
    await replace(urlFile, urlOf(login, 'second'));
    expect(await newSession()).toBe(login);
    expect((await transaction.query(WHO)).rows).toEqual([{ name: login }]);
  });

  it('may name another user', async () => {
    const other = `${login}_b`;
    await suite.client.query(`CREATE ROLE ${other} LOGIN PASSWORD 'second'`);
    expect(await newSession()).toBe(login);
    await replace(urlFile, urlOf(other, 'second'));
    expect(await newSession()).toBe(other);
    await suite.client.query(`DROP ROLE ${other}`);
  });

  it('is all that is used of the URL: the server stays the one that the daemon started with', async () => {
    const elsewhere = Object.assign(new URL(urlOf(login, 'first')), { port: '1' });
    await replace(urlFile, elsewhere.href);
    expect(await newSession()).toBe(login);
  });

  it('stays the last good one where the file holds no URL, or is gone', async () => {
    await replace(urlFile, 'postgres://');
    expect(await newSession()).toBe(login);
    await rm(urlFile);
    expect(await newSession()).toBe(login);
  });

  it('is refused with its own code until the file is right, and then accepted', async () => {
    await replace(urlFile, urlOf(login, 'wrong'));
    await expect(newSession()).rejects.toMatchObject({ code: 'STORE_LOGIN_REFUSED' });
    await replace(urlFile, urlOf(login, 'first'));
    expect(await newSession()).toBe(login);
  });
});

const WHO = 'SELECT current_user AS name';

/** The user of a session that is new, since all earlier ones are left in a transaction. */
async function newSession(): Promise<unknown> {
  const { results } = await database.begin<{ name: string }>(WHO);
  return results[0]?.rows[0]?.name;
}

const urlOf = (username: string, password: string) =>
  Object.assign(new URL(suite.url), { username, password }).href;

async function configOf(environment: Record<string, string>): Promise<DatasourceConfig> {
  const loaded = await loadConfiguration({
    sections: [{ type: DatasourceConfig }],
    knownKeys: [],
    environment,
  });
  if (loaded.faults) throw new Error('the configuration has faults');
  return loaded.configuration.get(DatasourceConfig);
}

/** As a mounted secret is replaced: whole, by a rename. */
async function replace(path: string, content: string): Promise<void> {
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}
