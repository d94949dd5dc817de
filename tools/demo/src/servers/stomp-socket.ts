import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type IStompSocket, StompSocketState } from '@stomp/stompjs';
import WebSocket from 'ws';

/** Opens what `@stomp/stompjs` talks through; for `stomp://` and `stomp+ssl://`, which it does not know, a socket. */
export function stompSocket(brokerUrl: string, authorities: string | undefined): IStompSocket {
  const url = new URL(brokerUrl);
  const ca = authorities === undefined ? {} : { ca: authorities };
  if (url.protocol === 'ws:' || url.protocol === 'wss:') {
    return new WebSocket(url, ['v12.stomp'], ca);
  }
  const address = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) };
  return url.protocol === 'stomp:'
    ? new SocketOfStomp(brokerUrl, connectTcp(address), 'connect')
    : new SocketOfStomp(brokerUrl, connectTls({ ...address, ...ca }), 'secureConnect');
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
