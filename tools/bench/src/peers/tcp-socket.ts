import { connect } from 'node:net';
import type { IStompSocket } from '@stomp/stompjs';

/** What the client wants of a WebSocket, over plain TCP; without TCP_NODELAY each receipt would take 40 ms. */
export function tcpSocket(url: string): IStompSocket {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const webSocket: IStompSocket = {
    url,
    readyState: 0,
    binaryType: 'arraybuffer',
    onclose: null,
    onerror: null,
    onmessage: null,
    onopen: null,
    send: (data) => socket.write(typeof data === 'string' ? data : new Uint8Array(data as ArrayBuffer)),
    close: () => socket.destroy(),
  };
  socket.on('connect', () => {
    Object.assign(webSocket, { readyState: 1 });
    webSocket.onopen?.(undefined);
  });
  socket.on('data', (data) => {
    webSocket.onmessage?.({ data: Uint8Array.from(data).buffer });
  });
  socket.on('error', (error) => {
    webSocket.onerror?.(error);
  });
  socket.on('close', () => {
    Object.assign(webSocket, { readyState: 3 });
    webSocket.onclose?.(undefined);
  });
  return webSocket;
}
