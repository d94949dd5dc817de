import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { StompBroker } from '@comms/stomp-broker';
import { testClassic } from '@comms/test-servers';
import {
  brokerProperties,
  countOf,
  type Daemon,
  insertRows,
  type Properties,
  queueName,
  sampleRows,
  Stage,
} from '@comms/daemon-stage';

jest.setTimeout(120_000);

const APP = 'push-to-handset';

describe('a daemon whose credentials are replaced while it runs', () => {
  let stage: Stage;
  let queue: Properties;
  beforeEach(async () => {
    stage = await Stage.open();
    queue = { 'comms.handset.monitor.extract.to.queue': queueName('credentials') };
  });
  afterEach(() => stage.close());

  it('goes on with the new password of the database', async () => {
    const url = new URL(await stage.urlOf(APP));
    const file = await replace('url', url.href, url.password);
    const broker = brokerProperties(await testClassic());
    const daemon = await stage.start(APP, { ...broker, ...queue }, { COMMS_DATASOURCE_URL_FILE: file });
    await deliver(daemon);

    const { client } = stage.database;
    const rotated = Object.assign(new URL(url), { password: 'rotated-database-password' });
    await client.query(`ALTER ROLE ${url.username} PASSWORD '${rotated.password}'`);
    await replace('url', rotated.href, rotated.password);
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [
      url.username,
    ]);

    await deliver(daemon);
    expect(daemon.stdout).toContain('"msg":"secret file renewed"');
  });

  it('goes on with the new login of the broker, and with the last good one where its file is gone', async () => {
    const users: Record<string, string> = { first: 'first-broker-password' };
    const broker = await StompBroker.start({ users });
    const files = {
      COMMS_BROKER_USERNAME_FILE: await replace('username', 'first'),
      COMMS_BROKER_PASSWORD_FILE: await replace('password', 'first-broker-password'),
    };
    const url = `stomp://127.0.0.1:${broker.port}`;
    const daemon = await stage.start(APP, { 'comms.broker.url': url, ...queue }, files);
    await deliver(daemon);

    delete users['first'];
    users['second'] = 'second-broker-password';
    await replace('username', 'second');
    await replace('password', 'second-broker-password');
    broker.resetConnections();
    await deliver(daemon);

    await rm(files.COMMS_BROKER_PASSWORD_FILE);
    broker.resetConnections();
    await deliver(daemon);
    expect(daemon.stdout).toMatch(/"code":"SECRET_FILE_UNREADABLE".*"msg":"secret file kept"/);
    await daemon.stop();
    await broker.stop();
  });

  /** As a mounted secret is replaced: whole, by a rename. */
  async function replace(name: string, content: string, secret = content): Promise<string> {
    const written = await stage.writeKey(`${name}.new`, `${content}\n`, [secret]);
    const path = join(stage.folder, name);
    await rename(written, path);
    return path;
  }

  /** Inserts rows, and waits until each is delivered. */
  async function deliver(daemon: Daemon): Promise<void> {
    const { client } = stage.database;
    const before = await countOf(client, 'S');
    await insertRows(client, 'comms_request_target_distribution', sampleRows(5, 'PUSH'));
    await stage.eventually(
      `${daemon.app} has delivered`,
      () => countOf(client, 'S'),
      (count) => count === before + 5,
    );
  }
});
