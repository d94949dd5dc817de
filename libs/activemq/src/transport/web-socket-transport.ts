import WebSocket from 'ws';
import { BrokerError } from '../broker-error.js';
import { networkError } from './network-error.js';
import type { BrokerUrl } from '../broker-url.js';
import type { Transport, TransportListener, TransportOptions } from './transport.js';

/** What ActiveMQ Artemis accepts in one WebSocket frame. */
const MAX_FRAME_BYTES = 65_536;
/** Much more than any frame that a broker sends to a client without subscriptions. */
const MAX_INCOMING_BYTES = 262_144;

/** Connects over WebSocket, over TLS with the broker's certificate verified. Rejects with a BrokerError. */
export function openWebSocket(url: BrokerUrl, options: TransportOptions): Promise<Transport> {
  const { signal, tls, addressTimeout } = options;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(addressOf(url), ['v12.stomp'], {
      perMessageDeflate: false,
      maxPayload: MAX_INCOMING_BYTES,
      ...tls,
      ...{ autoSelectFamilyAttemptTimeout: addressTimeout },
    });
    const giveUp = () => {
      socket.terminate();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    // Terminating a socket that is not open yet raises an error too. By then the promise is settled.
    socket.on('error', (error) => {
      signal.removeEventListener('abort', giveUp);
      reject(networkError(error, 'BROKER_NOT_STOMP'));
    });
    socket.once('unexpected-response', (_, { statusCode }) => {
      reject(new BrokerError('BROKER_NOT_STOMP', { detail: `HTTP ${statusCode}` }));
      socket.terminate();
    });
    socket.once('open', () => {
      signal.removeEventListener('abort', giveUp);
      resolve(transportOver(socket, options.listener));
    });
  });
}

function addressOf({ tls, host, port, path }: BrokerUrl): string {
  return `${tls ? 'wss' : 'ws'}://${host.includes(':') ? `[${host}]` : host}:${port}${path}`;
}

function transportOver(socket: WebSocket, listener: TransportListener): Transport {
  let cause: unknown;
  socket.on('message', (data: Buffer) => {
    listener.bytes(data);
  });
  socket.on('error', (error) => {
    cause = error;
  });
  socket.on('close', (code) => {
    listener.closed(closeFault(code, cause));
  });
  return {
    send: ({ frames }) => {
      for (const frame of frames) sendMessage(socket, frame);
    },
    end: () => {
      socket.close();
    },
    destroy: () => {
      socket.terminate();
    },
  };
}

/** Over WebSocket the close code says that a message was too large. */
function closeFault(code: number, cause: unknown): BrokerError {
  if (code === MESSAGE_TOO_BIG) return new BrokerError('BROKER_MESSAGE_TOO_LARGE');
  return cause === undefined
    ? new BrokerError('BROKER_CONNECTION_LOST')
    : networkError(cause, 'BROKER_CONNECTION_LOST');
}

/** RFC 6455, 7.4.1. */
const MESSAGE_TOO_BIG = 1009;

/** ActiveMQ Classic takes one STOMP frame per text message. A long frame goes in fragments. */
function sendMessage(socket: WebSocket, frame: Buffer): void {
  for (let start = 0; start < frame.length; start += MAX_FRAME_BYTES) {
    const end = start + MAX_FRAME_BYTES;
    socket.send(frame.subarray(start, end), { binary: false, fin: end >= frame.length });
  }
}
