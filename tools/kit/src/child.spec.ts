import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Child } from './child.js';
import { eventually } from './eventually.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comms-kit-test-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('Child', () => {
  it('writes what the process prints to its log, with the environment given', async () => {
    const { child, logFile } = await start('console.log(process.env.PART); console.error("and errors")', {
      PART: 'output',
    });

    expect(await child.ended).toBe(0);
    expect(await readFile(logFile, 'utf8')).toBe('output\nand errors\n');
  });

  it('keeps the output of a process that has no log', async () => {
    const child = Child.spawn(command('console.log("out"); console.error("err")'));

    expect(await child.ended).toBe(0);
    expect(child).toMatchObject({ stdout: 'out\n', stderr: 'err\n', hasEnded: true, hasEndedUnasked: true });
  });

  it('says that the process has ended unasked, with the last lines of the log', async () => {
    const { child } = await start(
      'for (let i = 1; i <= 20; i++) console.log("line", i); process.exitCode = 78',
    );

    expect(await child.endedUnasked()).toMatch(
      /^app has ended by itself \(78\)\. The end of its log:\nline 6\n[^]*line 20$/,
    );
  });

  it('ends the process with SIGTERM and waits for it', async () => {
    const { child, logFile } = await start(
      'process.on("SIGTERM", () => { console.log("bye"); process.exit(0) }); console.log("up"); setInterval(() => {}, 1e6)',
    );
    await untilPrinted(logFile, 'up');

    expect(await child.stop()).toBe(0);
    expect(await readFile(logFile, 'utf8')).toBe('up\nbye\n');
    expect(child.hasEndedUnasked).toBe(false);
  });

  it('kills a process that does not end in time', async () => {
    const { child, logFile } = await start(
      'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1e6)',
    );
    await untilPrinted(logFile, 'up');

    expect(await child.stop()).toBe('SIGKILL');
  });

  it('has nothing to stop once the process has ended', async () => {
    const { child } = await start('process.exitCode = 1');
    await child.ended;

    expect(await child.stop()).toBe(1);
  });

  it('puts the process under the guard while it runs', async () => {
    const { child, watched } = await start('');
    await child.ended;

    expect(watched).toEqual([`watch ${child.pid}`, `forget ${child.pid}`]);
  });

  it('exchanges messages with the process', async () => {
    const code = 'process.on("message", (word) => { process.send(`${word} back`); process.disconnect() })';
    const child = await Child.start({ ...command(code), channel: true });

    child.send('there');

    await eventually('it has answered', () => child.hasSent('there back'));
    expect(child.hasSent('there back')).toBe(false);
    expect(await child.ended).toBe(0);
  });

  it('rejects where the program does not exist', async () => {
    const missing = { ...command(''), command: join(folder, 'missing') };

    await expect(Child.start(missing)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(Child.spawn(missing).ended).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

function command(code: string) {
  return { name: 'app', command: process.execPath, args: ['-e', code], env: {} };
}

async function start(code: string, env: NodeJS.ProcessEnv = {}) {
  const logFile = join(folder, 'app.log');
  const watched: string[] = [];
  const guard = {
    watch: (pid: number) => watched.push(`watch ${pid}`),
    forget: (pid: number) => watched.push(`forget ${pid}`),
  };
  const child = await Child.start({ ...command(code), env, logFile, guard, stopLimitMs: 300 });
  return { child, logFile, watched };
}

async function untilPrinted(logFile: string, text: string): Promise<void> {
  await eventually(
    `it prints '${text}'`,
    () => readFile(logFile, 'utf8'),
    (log) => log.includes(text),
  );
}
