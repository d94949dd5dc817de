import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Above the ports of the test servers, and below those that systems take for outgoing connections. */
const FIRST = 30_001;
const PORTS_OF_A_WORKER = 300;
const WORKERS = 9;

/** Each worker process of a test run has ports of its own, so that no two daemons are given the same one. */
const firstOfWorker = FIRST + (Number(process.env['JEST_WORKER_ID'] ?? 0) % WORKERS) * PORTS_OF_A_WORKER;
let last = randomInt(PORTS_OF_A_WORKER);

/** A TCP port of 127.0.0.1 for a daemon; the same one does not come again soon. */
export async function daemonPort(): Promise<number> {
  last = (last + 1) % PORTS_OF_A_WORKER;
  const port = firstOfWorker + last;
  return (await isFree(port)) ? port : daemonPort();
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
