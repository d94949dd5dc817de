import type { TestBroker } from '@comms/test-servers';

/** Properties by their key, as an operator sets them. */
export type Properties = Readonly<Record<string, string | number | boolean>>;

/** The text of a properties file with just these properties. */
export function propertiesText(properties: Properties): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${String(value).replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n`)
    .join('');
}

/** The properties by which daemons use a broker, over its plain port by default. */
export function brokerProperties(broker: TestBroker, url = broker.stompUrl): Properties {
  const { username, password, caFile } = broker;
  return {
    'comms.broker.url': url,
    'comms.broker.username': username,
    'comms.broker.password': password,
    ...(caFile !== null && { 'comms.broker.tls.ca-file': caFile }),
  };
}
