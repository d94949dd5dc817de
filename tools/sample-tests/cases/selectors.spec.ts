import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anOutboundMessage } from '@comms/delivery/testing';
import { aDistribution } from '@comms/distribution/testing';
import { queueName } from '@comms/daemon-stage';
import { repositoryPath } from '@comms/kit';
import { ifPresent, type TestBroker } from '@comms/test-servers';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { javaProgram } from '../src/java-program.js';
import { type JmsClient, urlFor } from '../src/jms-client.js';
import { jmsView, type JmsView } from '../src/jms-view.js';
import { NO_BROKERS, presentBrokers } from '../src/present-brokers.js';
import { putByCourier } from './put-by-courier.js';

jest.setTimeout(180_000);

/** Beyond what a double can tell from its neighbour. */
const FIRST_ID = '9007199254740993';
const EXPIRES_AT = Date.parse('2999-12-31T23:59:59.999Z');

/** How many of the six messages each selector must find. */
const SELECTORS = {
  "deliveryMethod = 'PUSH'": 4,
  "deliveryMethod <> 'PUSH'": 2,
  "commsCode = 'BILL_READY'": 3,
  'commsCode IS NULL': 2,
  "JMSType = 'SMS'": 2,
  [`JMSCorrelationID = '${FIRST_ID}'`]: 1,
  [`commsDistributionId = '${FIRST_ID}'`]: 1,
  "commsPossibleDuplicate = 'true'": 1,
  // A STOMP header is a string, and a string is no boolean to a selector.
  'commsPossibleDuplicate = TRUE': 0,
  'JMSPriority = 7': 1,
};

/** The property that has it, and what is read by the name `content-type`. */
const CONTENT_TYPE: Readonly<Record<string, readonly [string | undefined, string | null]>> = {
  'openwire, classic': ['content-type', 'application/json'],
  'qpid, classic': [undefined, 'refused: IllegalArgumentException'],
  'core, artemis': ['_AMQ_CONTENT_TYPE', null],
  'openwire, artemis': [undefined, null],
  'qpid, artemis': ['_AMQ_CONTENT_TYPE', 'refused: IllegalArgumentException'],
};

/** How far the clocks of a broker and of this process may seem apart on a machine that is busy. */
const MINUTES = 600_000;

const folder = await mkdtemp(join(tmpdir(), 'comms-selectors-'));
const classPath = await ifPresent('java', () =>
  javaProgram(repositoryPath('tools/sample-tests/java'), folder),
);
const { classic, artemis } = classPath === null ? NO_BROKERS : await presentBrokers();
const clients: { readonly client: JmsClient; readonly broker: TestBroker; readonly kind: string }[] = [
  { client: 'openwire', broker: classic },
  { client: 'qpid', broker: classic },
  { client: 'core', broker: artemis },
  { client: 'openwire', broker: artemis },
  { client: 'qpid', broker: artemis },
].flatMap(({ client, broker }) =>
  broker === null || urlFor(client as JmsClient, broker) === null
    ? []
    : [{ client: client as JmsClient, broker, kind: broker.kind }],
);

afterAll(() => rm(folder, { recursive: true, force: true }));

if (clients.length === 0) {
  // Hooks don't run where every test is skipped.
  await rm(folder, { recursive: true });
  it.skip('no JMS client can run here', () => undefined);
} else describe.each(clients)('a JMS client by $client on ActiveMQ $kind', suite);

function suite({ client, broker }: { readonly client: JmsClient; readonly broker: TestBroker }): void {
  const queue = queueName('selectors');
  const named = client === 'qpid' || client === 'core';
  let view: JmsView;

  beforeAll(async () => {
    await putSix(broker, queue);
    view = await jmsView(classPath ?? '', { client, broker, queue }, Object.keys(SELECTORS));
  });

  it('finds messages by each selector, as a browser and as a consumer', () => {
    expect(view.browsed).toEqual(SELECTORS);
    expect(view.consumed).toEqual(SELECTORS);
  });

  it('sees text messages with the standard headers', () => {
    expect(view.messages).toHaveLength(6);
    for (const message of view.messages) {
      expect(message).toMatchObject({ kind: 'TextMessage', JMSDeliveryMode: 2 });
      expect(Math.abs(message.JMSTimestamp - Date.now())).toBeLessThan(MINUTES);
      expect(message.properties).toMatchObject({
        deliveryMethod: `String ${message.JMSType ?? ''}`,
        commsDistributionId: `String ${message.JMSCorrelationID ?? ''}`,
      });
    }
    expect(view.messages.map(({ JMSType }) => JMSType).sort()).toEqual([
      'PUSH',
      'PUSH',
      'PUSH',
      'PUSH',
      'SMS',
      'SMS',
    ]);
    expect(view.messages.map(({ JMSPriority }) => JMSPriority).sort()).toEqual([1, 1, 1, 1, 4, 7]);
    expect(view.messages.map(({ JMSExpiration }) => JMSExpiration).sort()).toEqual([
      ...Array<number>(5).fill(0),
      EXPIRES_AT,
    ]);
  });

  it('reads the mark of a possible duplicate as a boolean', () => {
    expect(view.messages.filter((message) => message.possibleDuplicateAsBoolean)).toHaveLength(1);
  });

  it('finds the content type under the name that docs/message-format.md gives', () => {
    for (const { properties, contentTypeByItsName } of view.messages) {
      const listed = Object.keys(properties).find((name) => properties[name] === 'String application/json');
      expect([listed, contentTypeByItsName]).toEqual(CONTENT_TYPE[`${client}, ${broker.kind}`]);
    }
  });

  it('sees the id by which Artemis drops repeats, unless it speaks OpenWire', () => {
    const seen = view.messages.filter(({ properties }) => '_AMQ_DUPL_ID' in properties);
    expect(seen).toHaveLength(broker.kind === 'artemis' && named ? 6 : 0);
  });

  it('sees a message id only where docs/message-format.md says so', () => {
    const ids = view.messages.map(({ JMSMessageID }) => (JMSMessageID === null ? null : 'ID:'));
    expect(ids).toEqual(Array(6).fill(broker.kind === 'artemis' && named ? null : 'ID:'));
  });
}

/** Puts messages by the product's own courier. */
async function putSix(broker: TestBroker, queue: string): Promise<void> {
  const put = (number: number, row: Parameters<typeof aDistribution>[0], more = {}) => {
    const distributionId = String(BigInt(FIRST_ID) + BigInt(number));
    return anOutboundMessage({
      distribution: aDistribution({ distributionId, priority: 3, ...row }),
      body: JSON.stringify({ commsDistributionId: distributionId, message: 'Your bill is ready. 📱' }),
      ...more,
    });
  };
  await putByCourier(broker, queue, [
    put(0, { priority: 1 }),
    put(1, { priority: 2 }, { expiresAt: EXPIRES_AT }),
    put(2, {}),
    put(3, { deliveryMethod: 'SMS', commsCode: null }),
    put(4, { deliveryMethod: 'SMS', commsCode: null }),
    put(5, { commsCode: 'DATA_LOW' }, { possibleDuplicate: true }),
  ]);
}
