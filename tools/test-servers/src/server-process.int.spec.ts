import { describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@comms/kit';
import { ServerProcess } from './server-process.js';
import { startPostgres } from './start-postgres.js';

const BUILT = new URL('../dist/index.js', import.meta.url).href;

describe('ServerProcess', () => {
  it.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
    'ends with its owner, however that ends: %s',
    async (signal) => {
      const { owner, postmaster, folder } = await ownerOfPostgres(
        'await new Promise(() => setInterval(() => 0, 1e6))',
      );
      expect(isAlive(postmaster)).toBe(true);

      owner.kill(signal);

      await eventually('nothing is left', () => !isAlive(postmaster) && !existsSync(folder));
    },
    120_000,
  );

  it('ends with an owner that throws', async () => {
    const { postmaster, folder } = await ownerOfPostgres('throw new Error("a failing test")');

    await eventually('nothing is left', () => !isAlive(postmaster) && !existsSync(folder));
  }, 120_000);

  it('ends and leaves no folder although it is stopped at the time', async () => {
    const { process: server, folder } = await startPostgres();
    const postmaster = postmasterOf(folder);
    await server.signal('SIGSTOP');

    await server.stop();

    expect([isAlive(postmaster), existsSync(folder)]).toEqual([false, false]);
  }, 120_000);

  it('shows what a server printed that ends at its start', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'comms-test-failing-'));
    const failing = ServerProcess.start({
      name: 'Failing',
      command: 'sh',
      args: ['-c', 'echo no room; exit 3'],
      folder,
      logFile: join(folder, 'log'),
      isReady: () => Promise.resolve(false),
    });

    await expect(failing).rejects.toThrow(/Failing ended at start: exit 3\nno room/);
    expect(existsSync(folder)).toBe(false);
  });
});

interface Owned {
  owner: ChildProcess;
  postmaster: number;
  folder: string;
}

/** Another Node process that has started its own PostgreSQL and then does something. */
async function ownerOfPostgres(then: string): Promise<Owned> {
  const script = `
    const { startPostgres } = await import('${BUILT}');
    const { folder } = await startPostgres();
    console.log(folder);
    ${then};`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  const folder = line.toString().trim();
  return { owner, postmaster: postmasterOf(folder), folder };
}

function postmasterOf(folder: string): number {
  return Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n', 1)[0]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
