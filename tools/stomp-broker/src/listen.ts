import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** What a listener does with a new connection: it gets the wire, and returns who is notified of its events. */
export type Accept = (wire: Wire) => WireListener;

interface WireListener {
  receive(chunk: Buffer): void;
  closed(): void;
}

/** Listens for STOMP over TCP; resolves once the port is open. */
export async function listenTcp(port: number, accept: Accept): Promise<Server> {
  const server = createServer({ noDelay: true }, (socket) => {
    attachSocket(socket, accept);
  });
  return opened(server, port);
}

/** Listens for STOMP over WebSocket, subprotocol v12.stomp; resolves once the port is open. */
export async function listenWebSocket(port: number, accept: Accept): Promise<Server> {
  const server = createHttpServer();
  const sockets = new WebSocketServer({
    server,
    handleProtocols: (offered) => (offered.has('v12.stomp') ? 'v12.stomp' : false),
  });
  sockets.on('connection', (socket) => {
    attachWebSocket(socket, accept);
  });
  return opened(server, port);
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function opened<S extends Server>(server: S, port: number): Promise<S> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

function attachSocket(socket: Socket, accept: Accept): void {
  const listener = accept({
    write: (data) => socket.write(data),
    end: () => socket.end(),
    // After `end` the system refuses a reset, and Node.js would then keep the handle for ever.
    reset: () => (socket.writableEnded ? socket.destroy() : socket.resetAndDestroy()),
  });
  socket.on('data', (chunk) => {
    listener.receive(chunk);
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    listener.closed();
  });
}

function attachWebSocket(socket: WebSocket, accept: Accept): void {
  const listener = accept({
    write: (data) => {
      socket.send(data, { binary: false });
    },
    end: () => {
      socket.close();
    },
    reset: () => {
      socket.terminate();
    },
  });
  socket.on('message', (data: Buffer) => {
    listener.receive(data);
  });
  socket.on('error', () => {
    socket.terminate();
  });
  socket.on('close', () => {
    listener.closed();
  });
}

/** One accepted connection, TCP or WebSocket. */
export interface Wire {
  write(data: string | Uint8Array): void;
  /** Closes once everything is written. */
  end(): void;
  /** Closes at once; over TCP with a reset. */
  reset(): void;
}
