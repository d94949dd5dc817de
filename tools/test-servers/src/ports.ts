import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/** Below the ports that systems take for outgoing connections, so that none of these comes in between. */
const FIRST = 20_000;
const PORTS_PER_WORKER = 1_000;
const WORKERS = 12;

/** Each worker process of a test run has its own ports, so that no two servers get the same one. */
const firstOfWorker = FIRST + (Number(process.env['JEST_WORKER_ID'] ?? 0) % WORKERS) * PORTS_PER_WORKER;
let last = randomInt(PORTS_PER_WORKER);

/** A free TCP port of 127.0.0.1. The same one does not come again soon. */
export async function freePort(): Promise<number> {
  last = (last + 1) % PORTS_PER_WORKER;
  const port = firstOfWorker + last;
  return (await isFree(port)) ? port : freePort();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** Whether each of these ports of 127.0.0.1 accepts a connection. */
export async function portsAccept(ports: readonly number[]): Promise<boolean> {
  return (await Promise.all(ports.map(accepts))).every(Boolean);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
