import { readdir, readFile, readlink } from 'node:fs/promises';
import { BenchError } from '../bench-error.js';

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

/** The numbers of the sockets that listen on a port, out of Linux's /proc/net/tcp or tcp6. */
export function listeningSockets(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [local = '', state, socket] = [fields[1], fields[3], fields[9]];
    return local.endsWith(suffix) && state === LISTENS && socket !== undefined ? [socket] : [];
  });
}

const LISTENS = '0A';
