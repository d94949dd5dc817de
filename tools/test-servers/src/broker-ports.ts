import type { BrokerInstallation } from './broker-installation.js';
import { freePort } from './ports.js';
import type { BrokerUrls } from './test-broker.js';

/** The ports of a broker; null where it lacks the protocol. */
export interface BrokerPorts {
  readonly stomp: number;
  readonly stompSsl: number;
  readonly ws: number | null;
  readonly wss: number | null;
  readonly amqp: number | null;
  /** OpenWire; on Artemis its core protocol too. */
  readonly tcp: number;
}

export async function brokerPorts({ hasWebSocket, hasAmqp }: BrokerInstallation): Promise<BrokerPorts> {
  return {
    stomp: await freePort(),
    stompSsl: await freePort(),
    ws: hasWebSocket ? await freePort() : null,
    wss: hasWebSocket ? await freePort() : null,
    amqp: hasAmqp ? await freePort() : null,
    tcp: await freePort(),
  };
}

export function urlsOf({ stomp, stompSsl, ws, wss, amqp, tcp }: BrokerPorts): BrokerUrls {
  return {
    stompUrl: `stomp://127.0.0.1:${stomp}`,
    stompSslUrl: `stomp+ssl://127.0.0.1:${stompSsl}`,
    wsUrl: ws === null ? null : `ws://127.0.0.1:${ws}`,
    wssUrl: wss === null ? null : `wss://127.0.0.1:${wss}`,
    amqpUrl: amqp === null ? null : `amqp://127.0.0.1:${amqp}`,
    tcpUrl: `tcp://127.0.0.1:${tcp}`,
  };
}

export function openPorts(ports: BrokerPorts): number[] {
  return Object.values(ports).filter((port): port is number => port !== null);
}
