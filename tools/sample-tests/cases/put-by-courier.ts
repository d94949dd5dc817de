import { QueueConfig, QueueCourier } from '@comms/activemq';
import { aBrokerConfig } from '@comms/activemq/testing';
import { aConfig } from '@comms/config/testing';
import type { OutboundMessage } from '@comms/delivery';
import type { TestBroker } from '@comms/test-servers';
import { expect } from '@jest/globals';

/** Puts messages on a queue by the product's own courier. */
export async function putByCourier(
  { stompUrl, username, password }: TestBroker,
  queue: string,
  messages: readonly OutboundMessage[],
): Promise<void> {
  const courier = new QueueCourier(
    aBrokerConfig({ url: [stompUrl], username, password, receiptTimeout: 20_000 }),
    aConfig(QueueConfig, { queue }),
  );
  const outcomes = await courier.put(messages);
  await courier.stop();
  expect(outcomes.map(({ kind }) => kind)).toEqual(messages.map(() => 'sent'));
}
