import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readQueue, testClassic } from '@comms/test-servers';
import type { JWK } from 'jose';
import {
  type App,
  brokerProperties,
  countOf,
  distributionRows,
  expectedMessage,
  inOrder,
  insertRows,
  newRecipient,
  type Properties,
  queueName,
  readMessage,
  type Recipient,
  sampleRows,
  Stage,
} from '@comms/daemon-stage';

jest.setTimeout(180_000);

const COUNT = 200;

const classic = await testClassic();

const direct = newRecipient('symmetric');
const elliptic = newRecipient('p256');
const montgomery = newRecipient('x25519');

const ROUTES = [
  {
    app: 'push-to-handset',
    prefix: 'comms.handset.monitor.extract',
    method: 'PUSH',
    what: 'a symmetric key directly, the one of a set that is asked for',
    recipient: direct,
    keyFile: JSON.stringify({
      keys: [jwkOf(direct, 'first', 'dir'), jwkOf(newRecipient('symmetric'), 'second', 'dir')],
    }),
    keyId: 'first',
    header: { alg: 'dir', enc: 'A256GCM', cty: 'json', kid: 'first' },
  },
  {
    app: 'sms-to-handset',
    prefix: 'comms.sms.monitor.extract',
    method: 'SMS',
    what: 'a key on P-256',
    recipient: elliptic,
    keyFile: JSON.stringify(jwkOf(elliptic, 'elliptic')),
    keyId: 'elliptic',
    header: {
      alg: 'ECDH-ES+A256KW',
      enc: 'A256GCM',
      cty: 'json',
      kid: 'elliptic',
      epk: expect.objectContaining({ kty: 'EC', crv: 'P-256' }) as unknown,
    },
  },
  {
    app: 'extract-generic',
    prefix: 'comms.external.monitor.extract',
    method: 'EXTERNAL',
    what: 'an X25519 key in PEM, under the name that is asked for',
    recipient: montgomery,
    keyFile: String(montgomery.key.export({ type: 'spki', format: 'pem' })),
    keyId: 'partner-2026',
    header: {
      alg: 'ECDH-ES+A256KW',
      enc: 'A256GCM',
      cty: 'json',
      kid: 'partner-2026',
      epk: expect.objectContaining({ kty: 'OKP', crv: 'X25519' }) as unknown,
    },
  },
] as const satisfies readonly { app: App; [more: string]: unknown }[];

describe('encrypted messages', () => {
  const queues = { PUSH: queueName('dir'), SMS: queueName('p256'), EXTERNAL: queueName('x25519') };
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open(brokerProperties(classic));
    const { client } = stage.database;
    for (const { app, prefix, method, recipient, keyFile, keyId } of ROUTES) {
      await insertRows(client, 'comms_request_target_distribution', sampleRows(COUNT, method));
      const properties: Properties = {
        [`${prefix}.to.queue`]: queues[method],
        [`${prefix}.encryption.enabled`]: true,
        [`${prefix}.encryption.key-file`]: await stage.writeKey(app, keyFile, recipient.confidential),
        [`${prefix}.encryption.key-id`]: keyId,
      };
      await stage.start(app, properties);
    }
    await stage.eventually(
      'all rows are delivered',
      () => countOf(client, 'D'),
      (count) => count === 0,
    );
  });
  afterAll(() => stage.close());

  it.each(ROUTES)('$app: for $what', async ({ method, recipient, header }) => {
    const messages = await readQueue(classic, queues[method], { count: COUNT });
    const headers: unknown[] = [];
    const open = async (jwe: string) => {
      const opened = await recipient.open(jwe);
      headers.push(opened.header);
      return opened.text;
    };
    const read = await Promise.all(messages.map((message) => readMessage(message, open)));

    const rows = await distributionRows(stage.database.client, method);
    expect(inOrder(read)).toEqual(rows.map((row) => expectedMessage(row, 'application/jose')));
    expect(headers).toEqual(messages.map(() => header));
  });
});

function jwkOf({ key }: Recipient, kid: string, alg?: string): JWK {
  return { ...key.export({ format: 'jwk' }), kid, ...(alg !== undefined && { alg }) };
}
