import type { BrokerKind, TestBroker } from './test-broker.js';
import { TestServerError } from './reports.js';

/**
 * The broker that `COMMS_TEST_CLASSIC_URL` or `COMMS_TEST_ARTEMIS_URL` names: a comma list of its URLs, one per protocol
 * (stomp, stomp+ssl, ws, wss, amqp, tcp), the user and password in the first. `…_CA_FILE` names the authority of its TLS ports.
 */
export function namedBroker(kind: BrokerKind): TestBroker | undefined {
  const variable = `COMMS_TEST_${kind.toUpperCase()}_URL`;
  const value = process.env[variable];
  if (value === undefined) return undefined;
  const urls = value.split(',').map((url) => new URL(url.trim()));
  const find = (scheme: string) => urls.find(({ protocol }) => protocol === `${scheme}:`);
  const urlOf = (scheme: string) => addressOf(find(scheme));
  const stompUrl = urlOf('stomp');
  if (stompUrl === null) throw new TestServerError('NO_SOURCE', `${variable} names no stomp:// URL`);
  return {
    kind,
    source: 'named',
    version: 'unknown',
    stompUrl,
    stompSslUrl: urlOf('stomp+ssl'),
    wsUrl: urlOf('ws'),
    wssUrl: urlOf('wss'),
    amqpUrl: urlOf('amqp'),
    tcpUrl: urlOf('tcp'),
    username: decodeURIComponent(urls[0]?.username ?? ''),
    password: decodeURIComponent(urls[0]?.password ?? ''),
    restricted: null,
    caFile: process.env[`COMMS_TEST_${kind.toUpperCase()}_CA_FILE`] ?? null,
  };
}

function addressOf(url: URL | undefined): string | null {
  return url === undefined ? null : `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`;
}
