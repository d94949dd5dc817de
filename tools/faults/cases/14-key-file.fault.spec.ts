import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type Daemon,
  distributionRows,
  newRecipient,
  readMessage,
  type Recipient,
} from '@comms/daemon-stage';
import { type QueueMessage, readQueue, testClassic } from '@comms/test-servers';
import { checkTotalQueue, totalQueue } from '../src/total-queue.js';
import { FaultStage } from '../src/fault-stage.js';

jest.setTimeout(120_000);

const ROWS = 20;

const classic = await testClassic();

describe('14 the key file of a running daemon', () => {
  let faults: FaultStage;
  let path: string;
  let daemon: Daemon;
  const first = newRecipient('p256');
  const second = newRecipient('p256');
  beforeEach(async () => {
    faults = await FaultStage.open(classic);
    path = await faults.stage.writeKey('key.json', jwkOf(first, 'first'), first.confidential);
    daemon = await faults.startUp({
      'comms.handset.monitor.extract.encryption.enabled': true,
      'comms.handset.monitor.extract.encryption.key-file': path,
    });
  });
  afterEach(() => faults.close());

  const put = async (): Promise<QueueMessage[]> => {
    const before = (await distributionRows(faults.stage.database.client)).length;
    await faults.insert(ROWS);
    await faults.untilDrained();
    const messages = await readQueue(classic, faults.queue, { count: ROWS });
    expect((await distributionRows(faults.stage.database.client)).length).toBe(before + ROWS);
    return messages;
  };
  const check = async (messages: readonly QueueMessage[]) => {
    const rows = await distributionRows(faults.stage.database.client);
    const read = await Promise.all(messages.map((message) => readMessage(message, openEither)));
    const found = read.map(({ content }) => ({ ...content, contentType: 'application/json' }));
    checkTotalQueue(totalQueue(rows, found));
  };
  const openEither = async (jwe: string) => (await first.open(jwe).catch(() => second.open(jwe))).text;
  const kidsOf = async (messages: readonly QueueMessage[], by: Recipient) =>
    new Set(await Promise.all(messages.map(async ({ body }) => (await by.open(body)).header.kid)));
  const untilLogged = (pattern: RegExp) =>
    daemon.untilHealth('has logged', () => pattern.test(daemon.stdout));

  it.each([
    ['is removed', () => rm(path)],
    ['is emptied', () => writeFile(path, '')],
    ['becomes garbage', () => writeFile(path, 'no key at all')],
  ])('that %s leaves the last good key in use, and nothing is ever plain', async (_, spoil) => {
    await spoil();
    await untilLogged(/encryption key rejected/);
    const messages = await put();

    expect(messages.map(({ contentType }) => contentType)).toEqual(messages.map(() => 'application/jose'));
    expect(await kidsOf(messages, first)).toEqual(new Set(['first']));
    await check(messages);
  });

  it('that is replaced, after a bad one, is used from then on', async () => {
    await writeFile(path, '{');
    await untilLogged(/encryption key rejected/);
    const before = await put();
    const aside = join(faults.stage.folder, 'aside.json');
    await writeFile(aside, jwkOf(second, 'second'));
    await rename(aside, path);
    await untilLogged(/"kid":"second"/);
    const after = await put();

    expect(await kidsOf(before, first)).toEqual(new Set(['first']));
    expect(await kidsOf(after, second)).toEqual(new Set(['second']));
    await check([...before, ...after]);
  });
});

function jwkOf({ key }: Recipient, kid: string): string {
  return JSON.stringify({ ...key.export({ format: 'jwk' }), kid, use: 'enc', alg: 'ECDH-ES+A256KW' });
}
