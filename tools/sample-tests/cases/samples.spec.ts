import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  brokerProperties,
  type DistributionRow,
  distributionRows,
  eventually,
  insertRows,
  longText,
  queueName,
  sampleRows,
  Stage,
} from '@comms/end-to-end';
import { ifPresent, readQueue, type TestBroker, testArtemis, testClassic } from '@comms/test-servers';
import { JweEncrypter, Keyring } from '@comms/json-encryption';
import { KIDS, RSA_KID, sampleKeys, type SampleKeys, X25519_KID } from '../src/sample-keys.js';
import { type PrintedComm, SampleProcess } from '../src/sample-process.js';
import { presentSamples, type Sample } from '../src/samples.js';
import { sendOverStomp, type SentMessage } from '../src/send-over-stomp.js';

jest.setTimeout(120_000);

const EACH = 20;
const SECRET_TEXT = 'Nobody but the consumer may read this.';

const folder = await mkdtemp(join(tmpdir(), 'comms-samples-'));
const keys = await sampleKeys(folder);
const samples = await presentSamples(folder);
const classic = await ifPresent('java', testClassic);
const artemis = classic === null ? null : await ifPresent('java', testArtemis);
const pairs = [classic, artemis]
  .filter((broker) => broker !== null)
  .flatMap((broker) =>
    samples
      .filter(({ urlOf }) => urlOf(broker) !== null)
      .map((sample) => ({ sample, broker, language: sample.language, kind: broker.kind })),
  );

afterAll(() => rm(folder, { recursive: true, force: true }));

if (pairs.length === 0) it.skip('no broker can be had here', () => undefined);
else describe.each(pairs)('the sample in $language on ActiveMQ $kind', suite);

function suite({ sample, broker }: { readonly sample: Sample; readonly broker: TestBroker }): void {
  const queue = queueName('sample');
  const setting = { broker, queue, keysFile: keys.file(sample.opensX25519) };
  let stage: Stage;
  let consumer: SampleProcess;
  const send = (...messages: SentMessage[]) => sendOverStomp(broker, queue, messages);

  beforeAll(async () => {
    stage = await Stage.open(propertiesOf(broker, queue, keys));
    consumer = SampleProcess.start(sample, { ...setting, print: true });
    // There before the first message, and so before the queue.
    await consumer.hasTold(`reading ${queue}`);
    await Promise.all([stage.start('push-to-handset'), stage.start('extract-generic')]);
  });
  afterAll(async () => {
    await consumer.kill();
    await stage.close();
  });

  it('reads each row once, plain or encrypted, as the row says', async () => {
    const { client } = stage.database;
    for (const method of ['PUSH', 'EXTERNAL'] as const) {
      const [first, ...others] = sampleRows(EACH, method);
      const rows = [{ ...first, message: longText(100_000) }, ...others];
      await insertRows(client, 'comms_request_target_distribution', rows);
    }
    await printed(consumer, 2 * EACH);

    const rows = await distributionRows(client);
    expect(consumer.printed.sort(byId).map(contentOf)).toEqual(rows.map(expectedContent));
  });

  it('opens messages for keys of all kinds', async () => {
    const before = consumer.printed.length;
    const kids = sample.opensX25519 ? [...KIDS, X25519_KID] : KIDS;
    const bodies = await Promise.all(
      kids.map((kid) => keys.encrypt(kid, comm({ commsDistributionId: kid }))),
    );
    await send(...bodies.map(jose));
    await printed(consumer, before + kids.length);

    expect(consumer.printed.slice(before).map(({ commsDistributionId }) => commsDistributionId)).toEqual(
      kids,
    );
  });

  it('drops a repeat, and takes the same comm when it was sent anew', async () => {
    const before = consumer.printed.length;
    await send(json(comm({ commsDistributionId: '7', sending: '1' })));
    await send(json(comm({ commsDistributionId: '7', sending: '1' })));
    await send(jose(await keys.encrypt(RSA_KID, comm({ commsDistributionId: '7', sending: '1' }))));
    await send(json(comm({ commsDistributionId: '7', sending: '2' })));
    await printed(consumer, before + 2);
    await consumer.hasTold('dropped a repeat of comm 7', 2);

    expect(consumer.printed.slice(before).map(({ sending }) => sending)).toEqual(['1', '2']);
  });

  it('puts what it can never read aside, and goes on', async () => {
    const before = consumer.printed.length;
    const forAnother = await encryptedForAnother();
    await send(
      json('{"version":1.0,'),
      json('[]'),
      json(comm({ version: 2 })),
      jose('no.jwe'),
      jose(forAnother),
      json(comm({ commsDistributionId: '8' })),
    );
    await printed(consumer, before + 1);
    const rejected = await readQueue(broker, `${queue}.rejected`, { count: 5 });

    expect(rejected.map(({ properties }) => properties['rejectedAs'])).toEqual([
      'MALFORMED',
      'MALFORMED',
      'UNKNOWN_VERSION',
      'MALFORMED',
      'NOT_DECRYPTABLE',
    ]);
    expect(rejected.map(({ kind, persistent }) => ({ kind, persistent }))).toEqual(
      Array(5).fill({ kind: 'text', persistent: true }),
    );
    expect(rejected.map(({ properties }) => properties['commsDistributionId'])).toEqual(Array(5).fill('9'));
    expect(rejected.at(-1)?.body).toBe(forAnother);
  });

  it('ends when it is told to, and has acknowledged all', async () => {
    expect(await consumer.stop()).toBe(sample.exitCode);
    expect(await readQueue(broker, queue)).toEqual([]);
  });

  it('leaves a message whose key it lacks where it is, and names the key', async () => {
    const body = await new JweEncrypter(await secretKey('next-year')).encrypt(comm({}));
    await send(jose(body));
    consumer = SampleProcess.start(sample, setting);

    expect(await consumer.ended).toBe(1);
    expect(consumer.stderr).toContain('no key next-year');
    expect((await readQueue(broker, queue, { count: 1 })).map((message) => message.body)).toEqual([body]);
  });

  it('tells no text unless it is asked to', async () => {
    await send(json(comm({ message: SECRET_TEXT })), json(comm({ message: SECRET_TEXT, version: 2 })));
    consumer = SampleProcess.start(sample, setting);
    await consumer.hasTold('rejected comm');
    await consumer.stop();

    expect(consumer.stdout).toBe('');
    expect(consumer.stderr).toContain('handled comm');
    expect(consumer.stderr).not.toContain(SECRET_TEXT);
  });

  it('says in one line that the broker can not be reached', async () => {
    consumer = SampleProcess.start({ ...sample, urlOf: () => nowhere(sample, broker) }, setting);

    expect(await consumer.ended).toBe(1);
    expect(consumer.stderr).toMatch(/^ended: .+$/m);
  });
}

function propertiesOf(broker: TestBroker, queue: string, { publicRsaFile }: SampleKeys) {
  return {
    ...brokerProperties(broker),
    'comms.handset.monitor.extract.to.queue': queue,
    'comms.external.monitor.extract.to.queue': queue,
    'comms.external.monitor.extract.encryption.enabled': true,
    'comms.external.monitor.extract.encryption.key-file': publicRsaFile,
  };
}

function printed(consumer: SampleProcess, count: number): Promise<PrintedComm[]> {
  const read = () => Promise.resolve(consumer.printed);
  return eventually('the sample has printed all', read, ({ length }) => length >= count).catch(
    (cause: unknown) => {
      throw new Error(`the sample has told ${consumer.stderr}`, { cause });
    },
  );
}

function byId({ commsDistributionId: a }: PrintedComm, { commsDistributionId: b }: PrintedComm): number {
  return Number(BigInt(String(a)) - BigInt(String(b)));
}

/** Without what only the daemon knows. */
function contentOf(document: PrintedComm): PrintedComm {
  const { commsDistributionId, commsRequestId, interfaceType, priority, message } = document;
  const { commsCode = null, target = null, alias = null } = document;
  return { commsDistributionId, commsRequestId, interfaceType, priority, message, commsCode, target, alias };
}

function expectedContent(row: DistributionRow): PrintedComm {
  return {
    commsDistributionId: row.comms_request_target_distribution_id,
    commsRequestId: row.comms_request_id,
    interfaceType: row.delivery_method,
    priority: row.priority,
    message: row.message,
    commsCode: row.comms_code,
    target: row.target,
    alias: row.alias_value,
  };
}

/** A document as the product makes it, but for the members that are given. */
function comm(members: PrintedComm): string {
  return JSON.stringify({
    interfaceCategory: 'COMMS',
    interfaceType: 'SMS',
    version: 1.0,
    extractDateTime: '2026-11-24T12:00:00.000Z',
    commsDistributionId: '9',
    commsRequestId: '45',
    priority: 2,
    message: 'Your bill is ready.',
    sending: '0',
    memberOfTheFuture: true,
    ...members,
  });
}

function json(body: string): SentMessage {
  return { body, headers: { 'content-type': 'application/json', commsDistributionId: '9' } };
}

function jose(body: string): SentMessage {
  return { body, headers: { 'content-type': 'application/jose', commsDistributionId: '9' } };
}

/** A message with the kid of a key that the sample has, though encrypted for another. */
async function encryptedForAnother(): Promise<string> {
  return new JweEncrypter(await secretKey('a256kw-2026-11')).encrypt(comm({}));
}

async function secretKey(kid: string) {
  const jwk = { kty: 'oct', k: randomBytes(32).toString('base64url'), kid };
  return (await Keyring.parse(JSON.stringify(jwk))).choose(kid);
}

/** The sample's URL of the broker, with a port where nobody listens. */
function nowhere({ urlOf }: Sample, broker: TestBroker): string {
  return (urlOf(broker) ?? '').replace(/:\d+$/, ':1');
}
