import { openSocket } from './socket-transport.js';
import { openWebSocket } from './web-socket-transport.js';
import type { BrokerUrl } from '../broker-url.js';
import type { Transport, TransportOptions } from './transport.js';

/** Connects to a broker. Rejects with a BrokerError, or with the reason of the signal. */
export function openTransport(url: BrokerUrl, options: TransportOptions): Promise<Transport> {
  return url.transport === 'tcp' ? openSocket(url, options) : openWebSocket(url, options);
}
