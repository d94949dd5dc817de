import { runCommand, type TestBroker } from '@comms/test-servers';

/** OpenWire of ActiveMQ Classic, the core protocol of Artemis, or AMQP 1.0 by Qpid. */
export type JmsClient = 'openwire' | 'core' | 'qpid';

/** A message as a JMS client sees it; a property's value has its Java class before it. */
interface SeenMessage {
  readonly kind: string;
  readonly JMSType: string | null;
  readonly JMSCorrelationID: string | null;
  readonly JMSMessageID: string | null;
  readonly JMSExpiration: number;
  readonly JMSPriority: number;
  readonly JMSDeliveryMode: number;
  readonly possibleDuplicateAsBoolean: boolean;
  readonly contentTypeByItsName: string | null;
  readonly properties: Readonly<Record<string, string | null>>;
}

/** What one client sees of a queue: its messages, and how many each selector finds, or how it is refused. */
export interface JmsView {
  readonly messages: readonly SeenMessage[];
  readonly browsed: Readonly<Record<string, number | string>>;
  readonly consumed: Readonly<Record<string, number | string>>;
}

export interface JmsViewOptions {
  readonly client: JmsClient;
  readonly broker: TestBroker;
  readonly queue: string;
  readonly selectors: readonly string[];
}

/** Looks at a queue through a JMS client, and takes nothing off it. */
export async function jmsView(
  classPath: string,
  { client, broker, queue, selectors }: JmsViewOptions,
): Promise<JmsView> {
  const { PATH = '' } = process.env;
  const env = { PATH, BROKER_USERNAME: broker.username, BROKER_PASSWORD: broker.password };
  const java = ['-XX:TieredStopAtLevel=1', '-Dfile.encoding=UTF-8', '-cp', classPath, 'JmsView'];
  const args = [...java, client, urlFor(client, broker) ?? '', queue, ...selectors];
  return JSON.parse(await runCommand('java', args, { env })) as JmsView;
}

/** Where a client connects; null where the broker lacks its protocol. */
export function urlFor(client: JmsClient, { tcpUrl, amqpUrl }: TestBroker): string | null {
  return client === 'qpid' ? amqpUrl : tcpUrl;
}
