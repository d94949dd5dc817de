import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { networkError } from './network-error.js';
import type { BrokerUrl } from '../broker-url.js';
import type { Transport, TransportListener, TransportOptions } from './transport.js';

/** Connects over TCP, or over TLS with the broker's certificate verified. Rejects with a BrokerError. */
export function openSocket(url: BrokerUrl, options: TransportOptions): Promise<Transport> {
  const { signal } = options;
  return new Promise((resolve, reject) => {
    const socket = url.tls ? tlsSocket(url, options) : plainSocket(url, options);
    const giveUp = () => {
      socket.destroy();
      reject(signal.reason as Error);
    };
    const failed = (error: Error) => {
      signal.removeEventListener('abort', giveUp);
      reject(networkError(error, 'BROKER_UNREACHABLE'));
    };
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('error', failed);
    socket.once(url.tls ? 'secureConnect' : 'connect', () => {
      signal.removeEventListener('abort', giveUp);
      socket.removeListener('error', failed);
      resolve(transportOver(socket, options.listener));
    });
  });
}

function plainSocket(url: BrokerUrl, options: TransportOptions): Socket {
  return connect({ ...addressOf(url, options), noDelay: true });
}

function tlsSocket(url: BrokerUrl, options: TransportOptions): Socket {
  const socket = connectTls({
    ...addressOf(url, options),
    ...(isIP(url.host) === 0 && { servername: url.host }),
    ...options.tls,
  });
  return socket.setNoDelay();
}

function addressOf({ host, port }: BrokerUrl, { addressTimeout }: TransportOptions) {
  return { host, port, autoSelectFamilyAttemptTimeout: addressTimeout };
}

function transportOver(socket: Socket, listener: TransportListener): Transport {
  let cause: unknown;
  socket.on('data', (chunk) => {
    listener.bytes(chunk);
  });
  socket.on('error', (error) => {
    cause = error;
  });
  socket.on('close', () => {
    listener.closed(networkError(cause, 'BROKER_CONNECTION_LOST'));
  });
  return {
    // What is sent at the same time goes in one write. With TCP_NODELAY each write is a packet; without it small writes wait for each other.
    send: ({ bytes }) => {
      socket.cork();
      socket.write(bytes);
      queueMicrotask(() => {
        socket.uncork();
      });
    },
    end: () => socket.end(),
    destroy: () => socket.destroy(),
  };
}
