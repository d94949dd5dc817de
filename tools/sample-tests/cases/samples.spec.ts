import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  brokerProperties,
  type DistributionRow,
  distributionRows,
  insertRows,
  longText,
  queueName,
  sampleRows,
  Stage,
} from '@comms/daemon-stage';
import { eventually } from '@comms/kit';
import { ifPresent, readQueue, type TestBroker, testArtemis, testClassic } from '@comms/test-servers';
import { JweEncrypter, Keyring } from '@comms/json-encryption';
import { KIDS, RSA_KID, sampleKeys, type SampleKeys, X25519_KID } from '../src/sample-keys.js';
import { type PrintedComm, type SampleOptions, SampleProcess } from '../src/sample-process.js';
import { presentSamples, type Sample } from '../src/samples.js';
import { sendOverStomp, type SentMessage } from '../src/send-over-stomp.js';

jest.setTimeout(120_000);

const EACH = 20;
/** As docs/message-format.md has it. */
const SEND_ANEW = `
  UPDATE comms_request_target_distribution
     SET distribution_status = 'D', retry_count = 0, retry_date_time = NULL,
         audit_time_stamp = now(), audit_process = 'requeue', audit_user = current_user
   WHERE comms_request_target_distribution_id = $1 AND distribution_status IN ('S', 'P')`;
const SECRET_TEXT = 'Nobody but the consumer may read this.';

const folder = await mkdtemp(join(tmpdir(), 'comms-samples-'));
const keys = await sampleKeys(folder);
const samples = await presentSamples(folder);
const classic = await ifPresent('java', testClassic);
const artemis = classic === null ? null : await ifPresent('java', testArtemis);
const brokers = [classic, artemis].filter((broker) => broker !== null);

afterAll(() => rm(folder, { recursive: true, force: true }));

if (brokers.length === 0) {
  // Hooks don't run where every test is skipped.
  await rm(folder, { recursive: true });
  it.skip('no broker can be had here', () => undefined);
} else describe.each(brokers)('on ActiveMQ $kind', suite);

function suite(broker: TestBroker): void {
  const rowQueue = queueName('sample-rows');
  let stage: Stage;
  let consumer: SampleProcess | undefined;
  const run = (sample: Sample, options: Pick<SampleOptions, 'queue' | 'print'>) => {
    consumer = SampleProcess.start(sample, { broker, keysFile: keys.file(sample.opensX25519), ...options });
    return consumer;
  };

  beforeAll(async () => {
    stage = await Stage.open(propertiesOf(broker, rowQueue, keys));
    await Promise.all([stage.start('push-to-handset'), stage.start('extract-generic')]);
  });
  afterEach(() => consumer?.kill());
  afterAll(() => stage.close());

  describe.each(samples.filter(({ urlOf }) => urlOf(broker) !== null))(
    'the sample in $language',
    (sample) => {
      const queue = queueName('sample');
      const send = (...messages: SentMessage[]) => sendOverStomp(broker, queue, messages);
      const ids = (comms: PrintedComm[]) => comms.map(({ commsDistributionId }) => commsDistributionId);

      it('reads each row that the daemons have put, once, as the row says, and again where it is sent anew', async () => {
        const { client } = stage.database;
        const reader = run(sample, { queue: rowQueue, print: true });
        await reader.hasTold(`reading ${rowQueue}`);
        const inserted = new Set<string>();
        for (const method of ['PUSH', 'EXTERNAL'] as const) {
          const [first, ...others] = sampleRows(EACH, method);
          const rows = [{ ...first, message: longText(100_000) }, ...others];
          for (const id of await insertRows(client, 'comms_request_target_distribution', rows))
            inserted.add(id);
        }
        await printed(reader, 2 * EACH);
        const again = String(reader.printed[0]?.['commsDistributionId']);
        await client.query(SEND_ANEW, [again]);
        await printed(reader, 2 * EACH + 1);
        expect(await reader.stop()).toBe(sample.exitCode);

        const anew = reader.printed.at(-1) ?? {};
        const first = reader.printed.find(({ commsDistributionId }) => commsDistributionId === again);
        expect(anew).toMatchObject({ commsDistributionId: again, message: first?.['message'] });
        expect(anew['sending']).not.toBe(first?.['sending']);
        const rows = (await distributionRows(client)).filter((row) => inserted.has(idOf(row)));
        expect(reader.printed.slice(0, -1).sort(byId).map(contentOf)).toEqual(rows.map(expectedContent));
        expect(await readQueue(broker, rowQueue)).toEqual([]);
      });

      it('takes all from a queue that it has made itself, for keys of all kinds', async () => {
        const kids = sample.opensX25519 ? [...KIDS, X25519_KID] : KIDS;
        const reader = run(sample, { queue, print: true });
        await reader.hasTold(`reading ${queue}`);
        const bodies = await Promise.all(
          kids.map((kid) => keys.encrypt(kid, comm({ commsDistributionId: kid }))),
        );
        await send(...bodies.map(jose));
        await printed(reader, kids.length);

        expect(ids(reader.printed)).toEqual(kids);
        expect(await reader.stop()).toBe(sample.exitCode);
        expect(await readQueue(broker, queue)).toEqual([]);
      });

      it('drops a repeat, and takes the same comm when it was sent anew', async () => {
        const reader = run(sample, { queue, print: true });
        await send(json(comm({ commsDistributionId: '7', sending: '1' })));
        await send(json(comm({ commsDistributionId: '7', sending: '1' })));
        await send(jose(await keys.encrypt(RSA_KID, comm({ commsDistributionId: '7', sending: '1' }))));
        await send(json(comm({ commsDistributionId: '7', sending: '2' })));
        await printed(reader, 2);
        await reader.hasTold('dropped a repeat of comm 7', 2);

        expect(reader.printed.map(({ sending }) => sending)).toEqual(['1', '2']);
      });

      it('puts what it can never read aside, and goes on', async () => {
        const reader = run(sample, { queue, print: true });
        const forAnother = await encryptedForAnother();
        await send(
          json('{"version":1.0,'),
          json('[]'),
          json(comm({ version: 2 })),
          jose('no.jwe'),
          jose(forAnother),
          json(comm({ commsDistributionId: '8' })),
        );
        await printed(reader, 1);
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
        expect(rejected.map(({ properties }) => properties['commsDistributionId'])).toEqual(
          Array(5).fill('9'),
        );
        expect(rejected.at(-1)?.body).toBe(forAnother);
      });

      it('holds a message whose key it lacks, names the key, and leaves it on the queue when it ends', async () => {
        const body = new JweEncrypter(await secretKey('next-year')).encrypt(comm({}));
        await send(jose(body));
        const reader = run(sample, { queue });

        await reader.hasTold('no key next-year');
        await reader.stop();
        expect((await readQueue(broker, queue, { count: 1 })).map((message) => message.body)).toEqual([body]);
      });

      it('tells no text unless it is asked to', async () => {
        await send(json(comm({ message: SECRET_TEXT })), json(comm({ message: SECRET_TEXT, version: 2 })));
        const reader = run(sample, { queue });
        await reader.hasTold('rejected comm');
        await reader.stop();

        expect(reader.stdout).toBe('');
        expect(reader.stderr).toContain('handled comm');
        expect(reader.stderr).not.toContain(SECRET_TEXT);
      });

      it('says in one line that the broker can not be reached', async () => {
        const reader = run({ ...sample, urlOf: () => nowhere(sample, broker) }, { queue });

        expect(await reader.ended).toBe(1);
        expect(reader.stderr).toMatch(/^ended: .+$/m);
      });
    },
  );
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
  const { commsDistributionId, commsRequestId, interfaceType, priority } = document;
  const message = short(String(document['message']));
  const { commsCode = null, target = null, alias = null } = document;
  return { commsDistributionId, commsRequestId, interfaceType, priority, message, commsCode, target, alias };
}

function expectedContent(row: DistributionRow): PrintedComm {
  return {
    commsDistributionId: row.comms_request_target_distribution_id,
    commsRequestId: row.comms_request_id,
    interfaceType: row.delivery_method,
    priority: row.priority,
    message: short(row.message ?? ''),
    commsCode: row.comms_code,
    target: row.target,
    alias: row.alias_value,
  };
}

function idOf({ comms_request_target_distribution_id: id }: DistributionRow): string {
  return id;
}

/** What stands for a text of any length, so that a difference can be read. */
function short(text: string): string {
  return text.length < 1000 ? text : createHash('sha256').update(text).digest('hex');
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
