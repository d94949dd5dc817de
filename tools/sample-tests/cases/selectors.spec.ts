import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueConfig, QueueCourier } from '@comms/activemq';
import { aBrokerConfig } from '@comms/activemq/testing';
import { aConfig } from '@comms/config/testing';
import { anOutboundMessage } from '@comms/delivery/testing';
import { aDistribution } from '@comms/distribution/testing';
import { queueName } from '@comms/daemon-stage';
import { repositoryPath } from '@comms/kit';
import { ifPresent, type TestBroker, testArtemis, testClassic } from '@comms/test-servers';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type JmsClient, jmsView, type JmsView, urlFor } from '../src/jms-view.js';
import { javaProgram } from '../src/java-program.js';

jest.setTimeout(180_000);

/** Beyond what a double can tell from its neighbour. */
const FIRST_ID = '9007199254740993';

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

const folder = await mkdtemp(join(tmpdir(), 'comms-selectors-'));
const classPath = await ifPresent('java', () =>
  javaProgram(repositoryPath('tools/sample-tests/java'), folder),
);
const classic = classPath === null ? null : await ifPresent('java', testClassic);
const artemis = classic === null ? null : await ifPresent('java', testArtemis);
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
    view = await jmsView(classPath ?? '', { client, broker, queue, selectors: Object.keys(SELECTORS) });
  });

  it('finds messages by each selector, as a browser and as a consumer', () => {
    expect(view.browsed).toEqual(SELECTORS);
    expect(view.consumed).toEqual(SELECTORS);
  });

  it('sees text messages with the standard headers', () => {
    expect(view.messages).toHaveLength(6);
    for (const message of view.messages) {
      expect(message).toMatchObject({ kind: 'TextMessage', JMSExpiration: 0, JMSDeliveryMode: 2 });
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
  });

  it('reads the mark of a possible duplicate as a boolean', () => {
    expect(view.messages.filter((message) => message.possibleDuplicateAsBoolean)).toHaveLength(1);
  });

  it('sees a message id only where docs/message-format.md says so', () => {
    const ids = view.messages.map(({ JMSMessageID }) => (JMSMessageID === null ? null : 'ID:'));
    expect(ids).toEqual(Array(6).fill(broker.kind === 'artemis' && named ? null : 'ID:'));
  });
}

/** Puts messages by the product's own courier. */
async function putSix(broker: TestBroker, queue: string): Promise<void> {
  const { stompUrl, username, password } = broker;
  const courier = new QueueCourier(
    aBrokerConfig({ url: [stompUrl], username, password, receiptTimeout: 20_000 }),
    aConfig(QueueConfig, { queue }),
  );
  const put = (number: number, more: Parameters<typeof aDistribution>[0], possibleDuplicate = false) => {
    const distributionId = String(BigInt(FIRST_ID) + BigInt(number));
    return anOutboundMessage({
      distribution: aDistribution({ distributionId, priority: 3, ...more }),
      body: JSON.stringify({ commsDistributionId: distributionId, message: 'Your bill is ready. 📱' }),
      possibleDuplicate,
    });
  };
  const outcomes = await courier.put([
    put(0, { priority: 1 }),
    put(1, { priority: 2 }),
    put(2, {}),
    put(3, { deliveryMethod: 'SMS', commsCode: null }),
    put(4, { deliveryMethod: 'SMS', commsCode: null }),
    put(5, { commsCode: 'DATA_LOW' }, true),
  ]);
  await courier.stop();
  expect(outcomes.map(({ kind }) => kind)).toEqual(Array(6).fill('sent'));
}
