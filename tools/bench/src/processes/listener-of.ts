import { readdir, readFile, readlink } from 'node:fs/promises';
import { BenchError } from '../bench-error.js';
import { listeningSockets } from './listening-sockets.js';

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/**
 * The process of a server on this machine, found by the port that it listens on. Any program may have started it.
 * Throws `NOT_AVAILABLE` where this process may not see it.
 */
export async function listenerOf(url: string): Promise<number> {
  const { hostname, port } = new URL(url);
  const pid = LOOPBACK.test(hostname) ? await listenerOn(Number(port)) : undefined;
  if (pid === undefined) {
    throw new BenchError('NOT_AVAILABLE', `the processes of the server at ${hostname}:${port} can't be seen`);
  }
  return pid;
}

const LOOPBACK = /^(localhost|127\..*|\[::1\])$/;

async function listenerOn(port: number): Promise<number | undefined> {
  const tables = await Promise.all(TABLES.map((table) => readFile(table, 'utf8').catch(() => '')));
  const links = tables
    .flatMap((table) => listeningSockets(table, port))
    .map((socket) => `socket:[${socket}]`);
  const names = await readdir('/proc').catch(() => []);
  for (const pid of names.filter((name) => /^\d+$/.test(name))) {
    const open = await openFiles(pid);
    if (links.some((link) => open.includes(link))) return Number(pid);
  }
  return undefined;
}

/** None of a process that has ended, or that is another user's. */
async function openFiles(pid: string): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  return Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
}
