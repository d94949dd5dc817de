import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readQueue, testArtemis, testClassic } from '@comms/test-servers';
import { calculateJwkThumbprint, type CompactJWEHeaderParameters } from 'jose';
import {
  APPS,
  brokerProperties,
  type Columns,
  countOf,
  deliveredTrace,
  type DeliveryMethod,
  distributionRows,
  expectedMessage,
  inOrder,
  insertRows,
  longText,
  newRecipient,
  queueName,
  readMessage,
  sampleRows,
  sampleTargets,
  Stage,
  tracesOf,
} from '@comms/daemon-stage';

jest.setTimeout(180_000);

const EACH_WAY = 1000;
const METHODS = ['PUSH', 'SMS', 'EXTERNAL', 'ONLINE'] as const;
/** 2^53 + 1, which a double can't hold exactly. */
const FIRST_ID = 9_007_199_254_740_993n;

const classic = await testClassic();
const artemis = await testArtemis();
const brokers = [classic, artemis].filter((broker) => broker !== null);

/** The four daemons distribute 2,000 comms of each method, half of them from targets. */
describe.each(brokers)('the four daemons on ActiveMQ $kind', (broker) => {
  const recipient = newRecipient('rsa');
  const queues = { PUSH: queueName('push'), SMS: queueName('sms'), EXTERNAL: queueName('external') };
  const startedAt = new Date();
  let stage: Stage;
  const messagesOf = (method: keyof typeof queues) => readQueue(broker, queues[method], { count: 2000 });
  const rowsOf = (method: DeliveryMethod) => distributionRows(stage.database.client, method);

  beforeAll(async () => {
    stage = await Stage.open({
      ...brokerProperties(broker),
      'comms.handset.monitor.extract.to.queue': queues.PUSH,
      'comms.handset.monitor.extract.distribution-status': 'P',
      'comms.sms.monitor.extract.to.queue': queues.SMS,
      'comms.sms.monitor.extract.distribution-status': 'S',
      'comms.sms.monitor.extract.date-format': "dd.MM.yyyy 'at' HH:mm:ss",
      'comms.sms.monitor.extract.time-zone': 'Asia/Kolkata',
      'comms.external.monitor.extract.to.queue': `/queue/${queues.EXTERNAL}`,
      'comms.external.monitor.extract.encryption.enabled': true,
    });
    await seed(stage);
    const pem = recipient.key.export({ type: 'spki', format: 'pem' }) as string;
    const keyFile = await stage.writeKey('external.pem', pem, recipient.confidential);
    const properties = { 'comms.external.monitor.extract.encryption.key-file': keyFile };
    await Promise.all(APPS.map((app) => stage.start(app, properties)));
    await stage.eventually(
      'everything is distributed',
      () => left(stage),
      (count) => count === 0,
    );
  });
  afterAll(() => stage.close());

  it('leaves one entry per comm, with an id beyond 2^53 and all that the target says', async () => {
    const { client } = stage.database;
    const { rows: faults } = await client.query(
      `SELECT FROM comms_request_target AS target FULL JOIN comms_request_target_distribution AS entry
         USING (comms_request_target_id, comms_request_id, delivery_method, priority)
       WHERE comms_request_target_id IS NOT NULL AND (
         (target.target, target.alias_value, target.comms_code, target.message, target.time_exclusion)
         IS DISTINCT FROM
         (entry.target, entry.alias_value, entry.comms_code, entry.message, entry.time_exclusion))`,
    );
    const rows = await distributionRows(client);

    expect(faults).toEqual([]);
    expect(rows).toHaveLength(METHODS.length * 2 * EACH_WAY);
    expect(rows.filter(({ comms_request_target_id: id }) => id !== null)).toHaveLength(4 * EACH_WAY);
    expect(BigInt(rows[0]?.comms_request_target_distribution_id ?? 0)).toBe(FIRST_ID);
  });

  it('puts each PUSH comm on its queue once, as its row says, and publishes it', async () => {
    const rows = await rowsOf('PUSH');
    const messages = await Promise.all((await messagesOf('PUSH')).map((message) => readMessage(message)));

    expect(inOrder(messages)).toEqual(rows.map((row) => expectedMessage(row)));
    expect(tracesOf(rows)).toEqual([deliveredTrace('P', 'push-to-handset')]);
    for (const { extractDateTime } of messages) expect(extractDateTime).toMatch(ISO_8601_UTC);
    expectWithin(
      messages.map(({ extractDateTime }) => new Date(extractDateTime)),
      startedAt,
    );
  });

  it('puts each SMS comm on its queue once, as its row says, and sends it, dated as configured', async () => {
    const rows = await rowsOf('SMS');
    const messages = await Promise.all((await messagesOf('SMS')).map((message) => readMessage(message)));

    expect(inOrder(messages)).toEqual(rows.map((row) => expectedMessage(row)));
    expect(tracesOf(rows)).toEqual([deliveredTrace('S', 'sms-to-handset')]);
    expectWithin(
      messages.map(({ extractDateTime }) => indianTime(extractDateTime)),
      startedAt,
    );
  });

  it('puts each EXTERNAL comm on its queue once, readable only for its recipient, and sends it', async () => {
    const rows = await rowsOf('EXTERNAL');
    const headers = new Set<string>();
    const open = async (jwe: string) => {
      const { header, text } = await recipient.open(jwe);
      headers.add(JSON.stringify(header));
      return text;
    };
    const messages = await Promise.all(
      (await messagesOf('EXTERNAL')).map((message) => readMessage(message, open)),
    );

    expect(inOrder(messages)).toEqual(rows.map((row) => expectedMessage(row, 'application/jose')));
    expect(tracesOf(rows)).toEqual([deliveredTrace('S', 'extract-generic')]);
    expect([...headers].map((header) => JSON.parse(header) as CompactJWEHeaderParameters)).toEqual([
      {
        alg: 'RSA-OAEP-256',
        enc: 'A256GCM',
        cty: 'json',
        kid: await calculateJwkThumbprint(recipient.key.export({ format: 'jwk' })),
      },
    ]);
  });

  it('publishes each ONLINE comm, and puts none of them anywhere', async () => {
    expect(tracesOf(await rowsOf('ONLINE'))).toEqual([deliveredTrace('P', 'comms-monitor')]);
  });

  it('stamps each row between its creation and now, by the clock of the database', async () => {
    const { rows } = await stage.database.client.query(
      `SELECT FROM comms_request_target_distribution
       WHERE NOT coalesce(sent_date_time, published_date_time) BETWEEN created_date_time AND now()
         OR audit_time_stamp NOT BETWEEN created_date_time AND now()`,
    );

    expect(rows).toEqual([]);
  });
});

const ISO_8601_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

async function seed({ database: { client } }: Stage): Promise<void> {
  for (const table of ['comms_request_target', 'comms_request_target_distribution']) {
    await client.query(`ALTER TABLE ${table} ALTER ${table}_id RESTART WITH ${FIRST_ID}`);
  }
  for (const method of METHODS) {
    await insertRows(client, 'comms_request_target', withLongTexts(sampleTargets(EACH_WAY, method)));
    await insertRows(
      client,
      'comms_request_target_distribution',
      withLongTexts(sampleRows(EACH_WAY, method)),
    );
  }
}

function withLongTexts(rows: Columns[]): Columns[] {
  return rows.map((row, i) => (i % 500 === 0 ? { ...row, message: longText(100_000 + i) } : row));
}

/** Targets without an entry, and rows that are not at their end. */
async function left({ database: { client } }: Stage): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) FROM comms_request_target WHERE comms_request_target_id NOT IN
       (SELECT comms_request_target_id FROM comms_request_target_distribution
        WHERE comms_request_target_id IS NOT NULL)`,
  );
  return Number(rows[0]?.count) + (await countOf(client, 'D'));
}

function expectWithin(times: readonly Date[], startedAt: Date): void {
  const numbers = times.map(Number).sort((a, b) => a - b);
  expect(numbers[0]).toBeGreaterThanOrEqual(Math.floor(Number(startedAt) / 1000) * 1000);
  expect(numbers.at(-1)).toBeLessThanOrEqual(Date.now());
}

/** Reads `24.12.2026 at 18:30:00` as a time in India, which is 5½ hours ahead the whole year. */
function indianTime(text: string): Date {
  const [, day = '', month = '', year = '', time = ''] =
    /^(..)\.(..)\.(....) at (..:..:..)$/.exec(text) ?? [];
  return new Date(`${year}-${month}-${day}T${time}+05:30`);
}
