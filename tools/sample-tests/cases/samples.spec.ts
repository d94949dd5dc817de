import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
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
import { readQueue, type TestBroker } from '@comms/test-servers';
import { JweEncrypter, Keyring } from '@comms/json-encryption';
import { describeOnBrokers } from '../src/present-brokers.js';
import { KIDS, RSA_KID, sampleKeys, type SampleKeys, X25519_KID } from '../src/sample-keys.js';
import { type PrintedComm, type SampleOptions, SampleProcess } from '../src/sample-process.js';
import { presentSamples, type Sample } from '../src/samples.js';
import { sendOverStomp, type SentMessage } from '../src/send-over-stomp.js';

jest.setTimeout(120_000);

const EACH = 20;
/** As in docs/message-format.md. */
const SEND_AGAIN = `
  UPDATE comms_request_target_distribution
     SET distribution_status = 'D', retry_count = 0, retry_date_time = NULL,
         audit_time_stamp = now(), audit_process = 'requeue', audit_user = current_user
   WHERE comms_request_target_distribution_id = $1 AND distribution_status IN ('S', 'P')`;
const SECRET_TEXT = 'Only the consumer may read this.';

type Verdict = 'OK' | 'MALFORMED' | 'UNKNOWN_VERSION';
type Judged = readonly [Verdict, string];

/** Bodies, and how each sample judges them. Each good one is a different comm. */
const JUDGED: readonly Judged[] = [
  ...['null', '[]', '[1]', '3', '"text"', 'true', '{}', 'no JSON', '{"version":1.0,', '[{}', '{"a":NaN}'].map(
    (body): Judged => ['MALFORMED', body],
  ),
  ['MALFORMED', '['.repeat(20_000)],
  ['MALFORMED', `${comm({})} {}`],
  ...(
    [
      [{ commsDistributionId: undefined }, { commsDistributionId: '' }, { commsDistributionId: 5 }],
      [{ commsDistributionId: 'nine' }, { commsDistributionId: '9\nhandled comm 8' }],
      [{ commsDistributionId: '1'.repeat(20) }, { sending: '1'.repeat(21) }],
      [{ message: undefined }, { message: '' }, { message: null }, { message: ['text'] }],
      [{ version: undefined }, { version: '1.0' }, { version: true }, { version: null }],
      [{ sending: '' }, { sending: 0 }, { sending: null }, { sending: 'one' }, { sending: '1\n' }],
      [{ timeExclusion: null }, { timeExclusion: 5 }, { timeExclusion: '' }, { timeExclusion: 'soon' }],
      [{ timeExclusion: '2999-11-24' }, { timeExclusion: '2999-11-24T18:00:00' }],
      [{ timeExclusion: '2999-02-30T18:00:00.000Z' }, { timeExclusion: '2999-11-24T24:00:00.000Z' }],
    ] as const
  )
    .flat()
    .map((members): Judged => ['MALFORMED', comm(members)]),
  ...[{ version: 0.9 }, { version: 2 }, { version: -1 }, { version: 2.5, message: undefined }].map(
    (members): Judged => ['UNKNOWN_VERSION', comm(members)],
  ),
  ['OK', comm({ commsDistributionId: '21', version: 1.9 })],
  ['OK', comm({ commsDistributionId: '22', sending: undefined })],
  ['OK', comm({ commsDistributionId: '23', timeExclusion: '2999-11-24T18:00:00Z' })],
];

/** What says that it is encrypted, and is not. */
const NO_JWE = [
  'no.jwe',
  '{}',
  '....',
  ...[
    'null',
    '[]',
    '{}',
    '{"kid":"x"}',
    '{"alg":"A256KW","enc":"A256GCM","kid":5}',
    '{"alg":"A256KW","enc":"A256GCM","kid":"a256kw-2026-11","zip":"DEF"}',
  ].map((header) => `${Buffer.from(header).toString('base64url')}.AAAA.AAAA.AAAA.AAAA`),
];

const folder = await mkdtemp(join(tmpdir(), 'comms-samples-'));
const keys = await sampleKeys(folder);
const samples = await presentSamples(folder);

await describeOnBrokers(folder, suite);

function suite(broker: TestBroker): void {
  const rowQueue = queueName('sample-rows');
  let stage: Stage;
  const consumers: SampleProcess[] = [];
  const run = (sample: Sample, options: Omit<SampleOptions, 'broker'> & Partial<SampleOptions>) => {
    const consumer = SampleProcess.start(sample, { broker, ...options });
    consumers.push(consumer);
    return consumer;
  };

  beforeAll(async () => {
    stage = await Stage.open(propertiesOf(broker, rowQueue, keys));
    await Promise.all([stage.start('push-to-handset'), stage.start('extract-generic')]);
  });
  afterEach(() => Promise.all(consumers.splice(0).map((consumer) => consumer.kill())));
  afterAll(() => stage.close());

  describe.each(samples.filter(({ urlOf }) => urlOf(broker) !== null))(
    'the sample in $language',
    (sample) => {
      // A sample that is killed at the end of a test may leave its last message there.
      let queue = '';
      beforeEach(() => {
        queue = queueName('sample');
      });
      const keysFile = keys.file(sample.opensX25519);
      const send = (...messages: SentMessage[]) => sendOverStomp(broker, queue, messages);
      const ids = (comms: PrintedComm[]) => comms.map(({ commsDistributionId }) => commsDistributionId);

      it('reads each row that the daemons have put once, as the row says, and again where it is sent again', async () => {
        const { client } = stage.database;
        const reader = run(sample, { queue: rowQueue, keysFile, allowPlain: true, print: true });
        await reader.hasTold(`reading ${rowQueue}`);
        const inserted = new Set<string>();
        for (const method of ['PUSH', 'EXTERNAL'] as const) {
          const [first, ...others] = sampleRows(EACH, method);
          const rows = [{ ...first, message: longText(100_000) }, ...others];
          for (const id of await insertRows(client, 'comms_request_target_distribution', rows))
            inserted.add(id);
        }
        await printed(reader, 2 * EACH);
        const resentId = String(reader.printed[0]?.['commsDistributionId']);
        await client.query(SEND_AGAIN, [resentId]);
        await printed(reader, 2 * EACH + 1);
        expect(await reader.stop()).toBe(0);

        const again = reader.printed.at(-1) ?? {};
        const first = reader.printed.find(({ commsDistributionId }) => commsDistributionId === resentId);
        expect(again).toMatchObject({ commsDistributionId: resentId, message: first?.['message'] });
        expect(again['sending']).not.toBe(first?.['sending']);
        const rows = (await distributionRows(client)).filter((row) => inserted.has(idOf(row)));
        expect(reader.printed.slice(0, -1).sort(byId).map(contentOf)).toEqual(rows.map(expectedContent));
        expect(await readQueue(broker, rowQueue)).toEqual([]);
      });

      it('takes all from a queue that it has made itself, for keys of all kinds', async () => {
        const kids = sample.opensX25519 ? [...KIDS, X25519_KID] : KIDS;
        const reader = run(sample, { queue, keysFile, print: true });
        await reader.hasTold(`reading ${queue}`);
        const bodies = await Promise.all(
          kids.map((kid, i) => keys.encrypt(kid, comm({ commsDistributionId: String(i) }))),
        );
        await send(...bodies.map(jose));
        await printed(reader, kids.length);

        expect(ids(reader.printed)).toEqual(kids.map((_, i) => String(i)));
        expect(await reader.stop()).toBe(0);
        expect(await readQueue(broker, queue)).toEqual([]);
      });

      it('drops a repeat, and takes the same comm when it was sent again', async () => {
        const reader = run(sample, { queue, keysFile, allowPlain: true, print: true });
        await send(json(comm({ commsDistributionId: '7', sending: '1' })));
        await send(json(comm({ commsDistributionId: '7', sending: '1' })));
        await send(jose(await keys.encrypt(RSA_KID, comm({ commsDistributionId: '7', sending: '1' }))));
        await send(json(comm({ commsDistributionId: '7', sending: '2' })));
        await printed(reader, 2);
        await reader.hasTold('dropped a repeat of comm 7', 2);

        expect(reader.printed.map(({ sending }) => sending)).toEqual(['1', '2']);
      });

      it('drops a comm whose time is over, by its own clock', async () => {
        const over = { timeExclusion: '2020-11-24T18:00:00.000Z' };
        const reader = run(sample, { queue });
        await send(
          json(comm({ commsDistributionId: '7', timeExclusion: '2999-11-24T18:00:00.000Z' })),
          json(comm({ commsDistributionId: '7', ...over })),
          json(comm({ commsDistributionId: '8', ...over })),
          json(comm({ commsDistributionId: '10' })),
        );
        await reader.hasTold('handled comm 10');
        await reader.stop();

        expect(reader.stderr.split('\n')).toEqual([
          `reading ${queue}`,
          'handled comm 7',
          'dropped a repeat of comm 7',
          'dropped comm 8: its time is over',
          'handled comm 10',
          '',
        ]);
        expect(await readQueue(broker, queue)).toEqual([]);
      });

      it('prints each document unchanged', async () => {
        const odd =
          '{ "version": 1.00, "sending":"3", "commsDistributionId" :"11",\t"message":"caf\\u00e9 ü €", "of":{"later":[1e2,null]}}';
        const emoji = comm({ commsDistributionId: '12', message: '📱 <b>&amp;</b> 料金' });
        const reader = run(sample, { queue, keysFile, allowPlain: true, print: true });
        await send(json(odd), jose(await keys.encrypt(RSA_KID, odd.replace('"11"', '"13"'))));
        await send(jose(await keys.encrypt(RSA_KID, emoji)));
        await printed(reader, 3);

        expect(new Set(reader.lines)).toEqual(new Set([odd, odd.replace('"11"', '"13"'), emoji]));
      });

      it('judges documents as samples/README.md says: it puts aside what it can never read, and goes on', async () => {
        const bodies = JUDGED.map(([, body]) => body);
        const wrong = JUDGED.filter(([verdict]) => verdict !== 'OK');
        const reader = run(sample, { queue, print: true });
        await send(...bodies.map(json));
        await reader.hasTold('rejected comm', wrong.length);
        const rejected = await readQueue(broker, `${queue}.rejected`, { count: wrong.length });
        await printed(reader, JUDGED.length - wrong.length);

        expect(
          rejected.map(({ body, properties }): Judged => [String(properties['rejectedAs']) as Verdict, body]),
        ).toEqual(wrong);
        expect(rejected.map(({ kind, persistent, priority }) => ({ kind, persistent, priority }))).toEqual(
          wrong.map(() => ({ kind: 'text', persistent: true, priority: 4 })),
        );
        expect(new Set(rejected.map(({ properties }) => properties['commsDistributionId']))).toEqual(
          new Set(['9']),
        );
        expect(reader.lines).toEqual(JUDGED.filter(([verdict]) => verdict === 'OK').map(([, body]) => body));
        expect(await reader.stop()).toBe(0);
        expect(await readQueue(broker, queue)).toEqual([]);
      });

      it('judges what is in an encrypted message the same way', async () => {
        const wrong = JUDGED.filter(([verdict]) => verdict !== 'OK').slice(0, 12);
        const encrypted = await Promise.all(wrong.map(([, body]) => keys.encrypt(RSA_KID, body)));
        const forAnother = await encryptedForAnother();
        const reader = run(sample, { queue, keysFile });
        await send(...[...encrypted, ...NO_JWE, forAnother].map(jose));
        await send(jose(await keys.encrypt(RSA_KID, comm({ commsDistributionId: '10' }))));
        const count = encrypted.length + NO_JWE.length + 1;
        await reader.hasTold('handled comm 10');
        const rejected = await readQueue(broker, `${queue}.rejected`, { count });

        expect(rejected.map(({ properties }) => properties['rejectedAs'])).toEqual([
          ...wrong.map(([verdict]) => verdict),
          ...NO_JWE.map(() => 'MALFORMED'),
          'NOT_DECRYPTABLE',
        ]);
        expect(rejected.at(-1)?.body).toBe(forAnother);
      });

      it('refuses a plain message where it has keys, unless it is allowed', async () => {
        const reader = run(sample, { queue, keysFile });
        await send(
          json(comm({ message: SECRET_TEXT })),
          { body: comm({}), headers: {} },
          jose(await keys.encrypt(RSA_KID, comm({ commsDistributionId: '10' }))),
        );
        await reader.hasTold('handled comm 10');
        await reader.stop();
        expect(reader.stderr).toBe(
          `reading ${queue}\nrejected comm 9: NOT_ENCRYPTED\nrejected comm without an id: NOT_ENCRYPTED\nhandled comm 10\n`,
        );

        const again = run(sample, { queue: `${queue}.rejected`, keysFile, allowPlain: true, print: true });
        await again.hasTold('dropped a repeat of comm 9');
        expect(again.lines).toEqual([comm({ message: SECRET_TEXT })]);
      });

      it('leaves what it refuses readable for the samples in other languages', async () => {
        const others = samples.filter((other) => other !== sample && other.urlOf(broker) !== null);
        const refuser = run(sample, { queue, keysFile });
        await refuser.hasTold(`reading ${queue}`);
        for (const [i, other] of others.entries()) {
          const body = comm({ message: 'Ihre Rechnung für März: 20 €' });
          await send(json(body));
          await refuser.hasTold('rejected comm 9: NOT_ENCRYPTED', i + 1);
          const reader = run(other, { queue: `${queue}.rejected`, print: true });
          await printed(reader, 1);
          await reader.stop();
          expect(reader.lines).toEqual([body]);
        }
      });

      it('writes one line for an id or a kid that holds a line end', async () => {
        const forged = '8\\nhandled comm 7';
        const header = { alg: 'A256KW', enc: 'A256GCM', kid: '8\nhandled comm 7' };
        const unknownKey = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.AAAA.AAAA.AAAA.AAAA`;
        const reader = run(sample, { queue, keysFile });
        await send({ body: comm({}), headers: { commsDistributionId: forged } }, jose(unknownKey));
        await reader.hasTold('in the key set');
        await reader.stop();

        expect(reader.stderr.split('\n')).toEqual([
          `reading ${queue}`,
          expect.stringMatching(/^rejected comm .*: NOT_ENCRYPTED$/),
          expect.stringMatching(/^no key .* in the key set: holding the message until /),
          '',
        ]);
      });

      it('holds an encrypted message where it has no keys', async () => {
        const body = await keys.encrypt(RSA_KID, comm({}));
        await send(jose(body));
        const reader = run(sample, { queue });

        await reader.hasTold(
          `no key ${RSA_KID} in the key set: holding the message; start again with --keys`,
        );
        await reader.stop();
        expect((await readQueue(broker, queue, { count: 1 })).map((message) => message.body)).toEqual([body]);
      });

      it('holds a message whose key it lacks, names the key, and leaves it on the queue when it ends', async () => {
        const body = new JweEncrypter(await secretKey('next-year')).encrypt(comm({}));
        await send(jose(body));
        const reader = run(sample, { queue, keysFile });

        await reader.hasTold('no key next-year');
        await reader.stop();
        expect((await readQueue(broker, queue, { count: 1 })).map((message) => message.body)).toEqual([body]);
      });

      it('reports no text unless it is asked to', async () => {
        await send(json(comm({ message: SECRET_TEXT })), json(comm({ message: SECRET_TEXT, version: 2 })));
        const reader = run(sample, { queue });
        await reader.hasTold('rejected comm');
        await reader.stop();

        expect(reader.stdout).toBe('');
        expect(reader.stderr).toContain('handled comm');
        expect(reader.stderr).not.toContain(SECRET_TEXT);
      });
    },
  );

  it('each sample says in one line why it gets no connection, and never the password', async () => {
    const wrongPassword = { ...broker, password: SECRET_TEXT };
    const failures = samples.flatMap((sample) => failuresOf(sample, broker));
    const seen = await Promise.all(
      failures.map(async ({ sample, url, withWrongPassword }) => {
        const options = withWrongPassword ? { broker: wrongPassword } : {};
        const reader = run({ ...sample, urlOf: () => url }, { queue: rowQueue, ...options });
        return [sample.language, await reader.ended, reader.stdout, reader.stderr];
      }),
    );

    expect(seen).toEqual(
      failures.map(({ sample, reason }) => [sample.language, 1, '', `ended: ${reason}\n`]),
    );
  });
}

interface Failure {
  readonly sample: Sample;
  readonly url: string;
  readonly withWrongPassword?: boolean;
  readonly reason: string;
}

function failuresOf(sample: Sample, broker: TestBroker): readonly Failure[] {
  const url = sample.urlOf(broker);
  if (url === null) return [];
  const address = (of: string) => of.replace(/^.*\/\//, '');
  const [noPort, noHost, wrongPort] = [nowhere(url), unknownHost(url), sample.wrongUrlOf(broker)];
  const failures = [
    { sample, url, withWrongPassword: true, reason: 'the broker refuses the login' },
    { sample, url: noPort, reason: `cannot reach ${address(noPort)} (connection refused)` },
    { sample, url: noHost, reason: `cannot reach ${address(noHost)} (unknown host)` },
  ];
  if (wrongPort === null) return failures;
  const reason = `${address(wrongPort)} does not speak ${sample.speaks(broker)}`;
  return [...failures, { sample, url: wrongPort, reason }];
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

/** A document as the product makes it, except for the given members. */
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

/** The URL with a port where no one listens. */
function nowhere(url: string): string {
  return url.replace(/:\d+$/, ':1');
}

/** The URL with a host that no resolver knows (RFC 6761). */
function unknownHost(url: string): string {
  return url.replace('127.0.0.1', 'no-such-host.invalid');
}
