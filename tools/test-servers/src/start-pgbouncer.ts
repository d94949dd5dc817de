import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { debianPackage } from './host-programs.js';
import { freePort, portsAccept } from './ports.js';
import { serverFolder, ServerProcess } from './server-process.js';
import { unprivilegedUser } from './unprivileged-user.js';

/** A test's own PgBouncer, before a database. */
export interface OwnPgBouncer {
  /** The database's URL through the pooler. */
  readonly url: string;
  readonly process: ServerProcess;
}

/** The sessions that all clients share. */
export interface PgBouncerPool {
  readonly mode: 'transaction' | 'session';
  /** The most sessions that it has with the database. */
  readonly size: number;
}

/** The version of Debian's PgBouncer, which is installed where it is missing; to be asked through `ifPresent`. */
export function findPgBouncer(): Promise<string> {
  return debianPackage('pgbouncer');
}

/** Starts a PgBouncer on a free port of the loopback for the database and the user of `databaseUrl`. */
export async function startPgBouncer(databaseUrl: string, pool: PgBouncerPool): Promise<OwnPgBouncer> {
  const folder = await serverFolder('pgbouncer');
  const user = await unprivilegedUser();
  const port = await freePort();
  const url = new URL(databaseUrl);
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    if (user.uid !== undefined && user.gid !== undefined) await chown(join(folder, name), user.uid, user.gid);
  };
  await file('users', `"${decodeURIComponent(url.username)}" "${decodeURIComponent(url.password)}"\n`);
  await file('pgbouncer.ini', configuration({ folder, port, url, pool }));
  const process = await ServerProcess.start({
    name: 'PgBouncer',
    command: '/usr/sbin/pgbouncer',
    args: [join(folder, 'pgbouncer.ini')],
    options: { ...user, cwd: folder },
    folder,
    logFile: join(folder, 'log'),
    isReady: () => portsAccept([port]),
    stopSignal: 'SIGTERM',
  });
  url.host = `127.0.0.1:${port}`;
  return { url: url.href, process };
}

interface Setting {
  readonly folder: string;
  readonly port: number;
  readonly url: URL;
  readonly pool: PgBouncerPool;
}

function configuration({ folder, port, url, pool }: Setting): string {
  return `[databases]
* = host=${url.hostname} port=${url.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users')}
pool_mode = ${pool.mode}
default_pool_size = ${pool.size}
max_client_conn = 500
`;
}
