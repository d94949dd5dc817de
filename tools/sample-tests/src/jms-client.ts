import { runCommand, type TestBroker } from '@comms/test-servers';

/** OpenWire of ActiveMQ Classic, the core protocol of Artemis, or AMQP 1.0 by Qpid. */
export type JmsClient = 'openwire' | 'core' | 'qpid';

/** A client, and the queue that it is to look at. */
export interface JmsPlace {
  readonly client: JmsClient;
  readonly broker: TestBroker;
  readonly queue: string;
}

/** Runs a program of `java`, and returns what it printed. */
export function runJmsProgram(
  [classPath, program]: readonly [string, string],
  { client, broker, queue }: JmsPlace,
  args: readonly string[],
): Promise<string> {
  const { PATH = '' } = process.env;
  const env = { PATH, BROKER_USERNAME: broker.username, BROKER_PASSWORD: broker.password };
  const java = ['-XX:TieredStopAtLevel=1', '-Dfile.encoding=UTF-8', '-cp', classPath, program];
  return runCommand('java', [...java, client, urlFor(client, broker) ?? '', queue, ...args], { env });
}

/** Where a client connects; null where the broker lacks its protocol. */
export function urlFor(client: JmsClient, { tcpUrl, amqpUrl }: TestBroker): string | null {
  return client === 'qpid' ? amqpUrl : tcpUrl;
}
