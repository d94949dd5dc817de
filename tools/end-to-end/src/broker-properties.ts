import type { TestBroker } from '@comms/test-servers';
import type { Properties } from './properties.js';

/** How the daemons are told to use a broker, over its plain port unless another URL is given. */
export function brokerProperties(broker: TestBroker, url = broker.stompUrl): Properties {
  const { username, password, caFile } = broker;
  return {
    'comms.broker.url': url,
    'comms.broker.username': username,
    'comms.broker.password': password,
    ...(caFile !== null && { 'comms.broker.tls.ca-file': caFile }),
  };
}
