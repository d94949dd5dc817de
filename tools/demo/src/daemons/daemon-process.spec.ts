import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DaemonProcess } from './daemon-process.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comms-demo-test-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('DaemonProcess', () => {
  it('writes what the process prints to its log, with the environment given', async () => {
    const { daemon, logFile } = await start('console.log(process.env.PART); console.error("and errors")', {
      PART: 'output',
    });

    expect(await daemon.ended).toBe(0);
    expect(await readFile(logFile, 'utf8')).toBe('output\nand errors\n');
  });

  it('tells of an end that nobody asked for, with the last lines of the log', async () => {
    const { daemon } = await start(
      'for (let i = 1; i <= 20; i++) console.log("line", i); process.exitCode = 78',
    );

    const error = await daemon.endedUnasked();

    expect(error.message).toMatch(
      /^app has ended by itself \(78\)\. The end of its log:\nline 6\n[^]*line 20$/,
    );
  });

  it('ends the process with SIGTERM and waits for it', async () => {
    const { daemon, logFile } = await start(
      'process.on("SIGTERM", () => { console.log("bye"); process.exit(0) }); console.log("up"); setInterval(() => {}, 1e6)',
    );
    await untilPrinted(logFile, 'up');

    await daemon.stop();

    expect(await readFile(logFile, 'utf8')).toBe('up\nbye\n');
  });

  it('rejects when a daemon at work does not answer the SIGTERM', async () => {
    const { daemon, logFile } = await start('console.log("up"); setInterval(() => {}, 1e6)');
    await untilPrinted(logFile, 'up');
    daemon.atWork = true;

    await expect(daemon.stop()).rejects.toThrow('ended with SIGTERM after SIGTERM');
  });

  it('expects no answer of a daemon that was not at work yet', async () => {
    const { daemon } = await start('setInterval(() => {}, 1e6)');

    await expect(daemon.stop()).resolves.toBeUndefined();
  });

  it('has nothing to stop once the process has ended', async () => {
    const { daemon } = await start('process.exitCode = 1');
    await daemon.ended;

    await expect(daemon.stop()).resolves.toBeUndefined();
  });

  it('puts the process under the guard while it runs', async () => {
    const { daemon, watched } = await start('');
    await daemon.ended;

    expect(watched).toEqual([expect.stringMatching(/^watch \d+$/), expect.stringMatching(/^forget \d+$/)]);
  });
});

async function start(code: string, env: NodeJS.ProcessEnv = {}) {
  const script = join(folder, 'app.mjs');
  const logFile = join(folder, 'app.log');
  const watched: string[] = [];
  await writeFile(script, code);
  const daemon = await DaemonProcess.start(
    { name: 'app', script, env, logFile, healthUrl: 'http://127.0.0.1:1/health' },
    { watch: (pid) => watched.push(`watch ${pid}`), forget: (pid) => watched.push(`forget ${pid}`) },
  );
  return { daemon, logFile, watched };
}

async function untilPrinted(logFile: string, text: string): Promise<void> {
  const deadline = Date.now() + 50_000;
  while (!(await readFile(logFile, 'utf8')).includes(text)) {
    if (Date.now() > deadline) throw new Error(`nobody printed '${text}'`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
