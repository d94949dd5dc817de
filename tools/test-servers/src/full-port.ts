import dns from 'node:dns';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './ports.js';
import { serverFolder, ServerProcess } from './server-process.js';

/**
 * A port of this machine whose queue of connections is full. Linux drops the first packet of each further one, as if
 * the host were gone.
 */
interface FullPort {
  /** Resolves when a client tries to connect, and waits. */
  knocked(): Promise<void>;
  /** Accepts from now on, and passes everything on to `target`. Clients repeat a dropped packet after a second. */
  open(): Promise<void>;
  stop(): Promise<void>;
}

/** A host name that stands for two addresses, with a {@link FullPort} at each. */
interface TwoAddresses {
  readonly port: number;
  readonly places: readonly [FullPort, FullPort];
  readonly stop: () => Promise<void>;
}

interface Place {
  /** An IPv4 address of the loopback. */
  readonly host: string;
  readonly port: number;
}

/** Starts a process that listens at `place`, is stopped, and has its queue filled. */
async function fullPort(place: Place, target: number): Promise<FullPort> {
  const folder = await serverFolder('full-port');
  const process = await ServerProcess.start({
    name: `the port ${place.port} of ${place.host}`,
    command: globalThis.process.execPath,
    args: ['-e', RELAY, place.host, String(place.port), String(target)],
    folder,
    logFile: join(folder, 'log'),
    isReady: () => accepts(place),
  });
  await process.signal('SIGSTOP');
  const fillers = await fill(place);
  return {
    knocked: async () => {
      while (!(await isKnockedAt(place))) await pause(5);
    },
    open: async () => {
      for (const filler of fillers) filler.destroy();
      await process.signal('SIGCONT');
    },
    stop: async () => {
      for (const filler of fillers) filler.destroy();
      await process.stop();
    },
  };
}

/** Lets each host name of this process stand for two addresses, in this order. At neither is a connection accepted. */
export async function twoAddresses(
  addresses: readonly [string, string],
  target: number,
): Promise<TwoAddresses> {
  const port = await freePort();
  const [one, other] = addresses;
  const places = [
    await fullPort({ host: one, port }, target),
    await fullPort({ host: other, port }, target),
  ] as const;
  const { lookup } = dns;
  const found = addresses.map((address) => ({ address, family: 4 }));
  const stub = (...args: unknown[]) => {
    (args.at(-1) as (error: null, found: dns.LookupAddress[]) => void)(null, found);
  };
  Object.assign(dns, { lookup: stub });
  return {
    port,
    places,
    stop: async () => {
      Object.assign(dns, { lookup });
      for (const place of places) await place.stop();
    },
  };
}

const RELAY = `
  const [host, port, target] = process.argv.slice(1);
  const net = require('node:net');
  const join = (from, to) => from.on('error', () => {}).on('close', () => to.destroy()).pipe(to);
  net.createServer((socket) => {
    const behind = net.connect(Number(target), '127.0.0.1');
    join(socket, behind);
    join(behind, socket);
  }).listen({ host, port: Number(port), backlog: 1 });
`;

async function accepts(place: Place): Promise<boolean> {
  const socket = connect(place);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Connects until a connection is not accepted. */
async function fill(place: Place): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  for (;;) {
    const socket = connect(place).on('error', () => undefined);
    const accepted = await Promise.race([once(socket, 'connect'), pause(NOT_ACCEPTED_MS)]);
    if (accepted === undefined) {
      socket.destroy();
      return sockets;
    }
    sockets.push(socket);
  }
}

/** On the loopback a connection is accepted at once, or its first packet was dropped. */
const NOT_ACCEPTED_MS = 300;

/** Whether a connection has sent its first packet there and waits: state 2 in the kernel's table, SYN_SENT. */
async function isKnockedAt({ host, port }: Place): Promise<boolean> {
  const address = Buffer.from(host.split('.').map(Number).reverse()).toString('hex').toUpperCase();
  const remote = `${address}:${port.toString(16).toUpperCase().padStart(4, '0')} 02`;
  return (await readFile('/proc/net/tcp', 'latin1')).includes(remote);
}
