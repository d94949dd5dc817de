import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../testing/eventually.js';
import { type RunningProgram, startFromSource } from '../testing/start-from-source.js';

const MAIN = new URL('../testing/fixture-daemon/main.ts', import.meta.url);
const DRAIN_LIMIT_MS = 1_000;
const STOP_LIMIT_MS = DRAIN_LIMIT_MS + 3_000;

describe('a daemon whose log no one reads', () => {
  let pipe: NamedPipe;
  let program: RunningProgram | undefined;
  let port: number;
  beforeEach(async () => {
    pipe = new NamedPipe();
    port = await freePort();
  });
  afterEach(async () => {
    program?.kill('SIGKILL');
    await program?.exitCode();
    pipe.close();
  });

  it('works on, and reports to a reader that comes back how many lines it dropped', async () => {
    program = start('chatty', { stdout: pipe.writer });
    await linesAreDropped();
    expect((await get('/health/live')).status).toBe(200);

    await pipe.untilRead(({ msg, n }, lines) => msg === 'chatter' && lines.some(isCount) && n !== undefined);

    const lines = pipe.lines();
    const at = lines.findIndex(isCount);
    const before = Number(lines[at - 1]?.['n']);
    const after = Number(lines[at + 1]?.['n']);
    expect(lines[at]).toMatchObject({ level: 'warn', lines: after - before - 1 });
    expect(lines.slice(0, at).flatMap(({ n }) => n ?? [])).toEqual(upTo(before + 1));
  });

  it('ends inside its drain limit and 3 seconds after SIGTERM', async () => {
    program = start('chatty', { stdout: pipe.writer });
    await linesAreDropped();
    await endsInTime(0, 'SIGTERM');
  });

  it('ends in time although its log is a socket', async () => {
    program = start('chatty', {}, { isRead: false });
    await linesAreDropped();
    await endsInTime(0, 'SIGTERM');
  });

  it.each([
    ['throwing', 70],
    ['unwired', 70],
    ['no such mode', 78],
  ])('ends in time although it fails (%s)', async (mode, code) => {
    pipe.fill();
    program = start(mode, { stdout: pipe.writer, stderr: pipe.writer });
    expect(await program.exitCode()).toBe(code);
  });

  it('loses nothing at its end where the reader is slow', async () => {
    program = start('burst', { stdout: pipe.writer });
    await eventually(async () => (await get('/health/live').catch(() => undefined))?.status === 200);
    await pipe.untilRead(({ msg }) => msg === 'chatter', 16_384);
    program.kill('SIGTERM');
    await pipe.untilRead(({ msg }) => msg === 'stopped', 16_384);

    expect(await program.exitCode()).toBe(0);
    expect(pipe.lines().flatMap(({ n }) => n ?? [])).toEqual(upTo(3_000));
    expect(pipe.lines().filter(isCount)).toEqual([]);
  });

  function start(
    mode: string,
    streams: { stdout?: number; stderr?: number },
    { isRead = true } = {},
  ): RunningProgram {
    const environment = {
      COMMS_FIXTURE_MODE: mode,
      COMMS_HEALTH_HOST: '127.0.0.1',
      COMMS_HEALTH_PORT: String(port),
      COMMS_SHUTDOWN_DRAIN_LIMIT: `${DRAIN_LIMIT_MS}ms`,
    };
    return startFromSource({ main: MAIN, environment, isRead, ...streams });
  }

  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);

  async function linesAreDropped(): Promise<void> {
    await eventually(async () => {
      const text = await get('/metrics').then(
        (response) => response.text(),
        () => '',
      );
      return Number(/^comms_log_lines_dropped_total (\d+)$/m.exec(text)?.[1] ?? 0) > 0;
    }, 60_000);
  }

  async function endsInTime(code: number, signal: NodeJS.Signals): Promise<void> {
    const start = performance.now();
    program?.kill(signal);
    expect(await program?.exitCode()).toBe(code);
    expect(performance.now() - start).toBeLessThan(STOP_LIMIT_MS);
  }
});

type Line = Readonly<Record<string, unknown>>;

function isCount({ msg }: Line): boolean {
  return msg === 'log lines dropped';
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

/** A pipe whose reading end is open, and read when the test wants. */
class NamedPipe {
  /** For a process that is started: one that writes to it waits, as with the pipes that shells and log drivers make. */
  readonly writer: number;
  private readonly filler: number;
  private readonly reader: number;
  private readonly folder = mkdtempSync(join(tmpdir(), 'comms-unread-'));
  private text = '';

  constructor() {
    const file = join(this.folder, 'log');
    execFileSync('mkfifo', [file]);
    this.reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    this.writer = openSync(file, constants.O_WRONLY);
    this.filler = openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
  }

  /** Leaves no room in it. */
  fill(): void {
    for (let size = 4_096; size > 0; size = Math.floor(size / 2))
      while (ifReady(() => writeSync(this.filler, 'x'.repeat(size))) !== undefined);
  }

  /** All lines that were read and are complete. */
  lines(): Line[] {
    return this.text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  }

  /** Reads, some bytes at a time, until the last complete line is the one. */
  async untilRead(
    isIt: (last: Line, lines: readonly Line[]) => boolean,
    bytesEachTime = 1_048_576,
  ): Promise<void> {
    const buffer = Buffer.alloc(bytesEachTime);
    await eventually(() => {
      const count = ifReady(() => readSync(this.reader, buffer)) ?? 0;
      this.text += buffer.toString('utf8', 0, count);
      const lines = count > 0 ? this.lines() : [];
      const last = lines.at(-1);
      return last !== undefined && isIt(last, lines);
    }, 60_000);
  }

  close(): void {
    closeSync(this.reader);
    closeSync(this.writer);
    closeSync(this.filler);
    rmSync(this.folder, { recursive: true });
  }
}

/** What a call on a descriptor gives, or nothing where it would have to wait. */
function ifReady(call: () => number): number | undefined {
  try {
    return call();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port');
  return address.port;
}
