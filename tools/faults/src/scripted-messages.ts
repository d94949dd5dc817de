import { type MessageContent, readMessage } from '@comms/daemon-stage';
import type { StompBroker } from '@comms/stomp-broker';

/** What is on a queue of a scripted broker, as its consumers would understand it. */
export async function messagesOf(broker: StompBroker, queue: string): Promise<MessageContent[]> {
  const read = broker.messages(queue).map(({ headers, body }) =>
    readMessage({
      kind: 'text',
      body,
      priority: Number(headers['priority']),
      persistent: headers['persistent'] === 'true',
      contentType: headers['content-type'],
      type: headers['type'],
      correlationId: headers['correlation-id'],
      properties: headers,
    }),
  );
  return (await Promise.all(read)).map(({ content }) => content);
}
