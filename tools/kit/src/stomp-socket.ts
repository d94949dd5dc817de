import { connect as connectTcp, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { type IStompSocket, StompSocketState } from '@stomp/stompjs';
import WebSocket from 'ws';

/** The authorities that the broker is verified against, in place of those of Node.js, and the client's certificate. */
export type TlsMaterial = Pick<ConnectionOptions, 'ca' | 'cert' | 'key'>;

/**
 * Opens a connection for `@stomp/stompjs`. That knows only WebSocket: for `stomp://` and `stomp+ssl://` it gets a
 * socket in the shape of a WebSocket. Without TCP_NODELAY each receipt would take 40 ms.
 */
export function stompSocket(brokerUrl: string, tls: TlsMaterial = {}): IStompSocket {
  const url = new URL(brokerUrl);
  if (url.protocol === 'ws:' || url.protocol === 'wss:') {
    return new WebSocket(url, ['v12.stomp'], tls);
  }
  const address = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port), noDelay: true };
  return url.protocol === 'stomp:'
    ? new SocketOfStomp(brokerUrl, connectTcp(address), 'connect')
    : new SocketOfStomp(brokerUrl, connectTls({ ...address, ...tls }), 'secureConnect');
}

/** A socket in the shape of a WebSocket. */
class SocketOfStomp implements IStompSocket {
  onclose: IStompSocket['onclose'];
  onerror: IStompSocket['onerror'];
  onmessage: IStompSocket['onmessage'];
  onopen: IStompSocket['onopen'];
  readyState = StompSocketState.CONNECTING;

  constructor(
    readonly url: string,
    private readonly socket: Socket,
    opened: 'connect' | 'secureConnect',
  ) {
    socket.once(opened, () => {
      this.readyState = StompSocketState.OPEN;
      this.onopen?.();
    });
    socket.on('data', (chunk: Buffer) => {
      this.onmessage?.({ data: new Uint8Array(chunk).buffer });
    });
    socket.on('error', (error) => {
      this.onerror?.(error);
    });
    socket.on('close', () => {
      this.readyState = StompSocketState.CLOSED;
      this.onclose?.();
    });
  }

  send(data: string | ArrayBuffer): void {
    this.socket.write(typeof data === 'string' ? data : new Uint8Array(data));
  }

  close(): void {
    this.socket.end();
  }

  terminate(): void {
    this.socket.destroy();
  }
}
