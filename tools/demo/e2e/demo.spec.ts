import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child, eventually } from '@comms/kit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Summary } from '../src/results/summary.js';

const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const LIMIT_MS = 120_000;

/** Used in place of the system's temporary folder, so that files that are left can be seen. */
let temporary: string;
let running: Child[];

beforeEach(async () => {
  running = [];
  temporary = await mkdtemp(join(tmpdir(), 'comms-demo-e2e-'));
  await chmod(temporary, 0o711);
});

afterEach(async () => {
  for (const demo of running) demo.signal('SIGKILL');
  try {
    await eventually('all folders are removed', async () => (await readdir(temporary)).length === 0);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
});

describe('the demo', () => {
  it(
    'takes comms of all methods through, shows what became of them and leaves nothing',
    async () => {
      const demo = start('--exit', '--json', '--count', '120');

      expect(await demo.ended).toBe(0);
      expect(summaryOf(demo)).toEqual({
        ok: true,
        count: 120,
        methods: {
          PUSH: { D: 0, S: 0, P: 34, R: 2, E: 2, lapsed: 4 },
          SMS: { D: 0, S: 30, P: 0, R: 0, E: 2, lapsed: 4 },
          EXTERNAL: { D: 0, S: 20, P: 0, R: 1, E: 1, lapsed: 2 },
          ONLINE: { D: 0, S: 0, P: 18, R: 0, E: 0, lapsed: 0 },
        },
        queues: { 'comms.handset.outbound': 34, 'comms.external.outbound': 20 },
        files: 30,
        seconds: expect.any(Number) as unknown,
      });
      expect(demo.stdout.trimEnd().split('\n')).toHaveLength(1);
      expect(demo.stderr).toMatch(
        /\nA plain message: .*\.json\n {2}\{[^}]*"interfaceType": "SMS"[^}]*"message": "/,
      );
      expect(demo.stderr).toMatch(/\n {2}eyJ\S+… \(\d+ characters\)\n/);
      expect(demo.stderr).toMatch(
        /decrypted here .*\n {2}\{[^}]*"interfaceType": "EXTERNAL"[^}]*"message": "/,
      );
      await expectNothingLeft(demo);
    },
    LIMIT_MS,
  );

  it(
    'stays up until Ctrl-C, and then ends with 0',
    async () => {
      const demo = start('--count', '20');
      await eventually('the demo is up', () => demo.stdout.includes('Ctrl-C ends'));
      const [health = ''] = portsOf(demo)
        .filter(([url]) => url.endsWith('/health'))
        .map(([url]) => url);
      expect(await (await fetch(health)).json()).toMatchObject({ status: 'up' });

      demo.signal('SIGINT');

      expect(await demo.ended).toBe(0);
      expect(demo.stdout).toContain('Everything is ended and removed.');
      await expectNothingLeft(demo);
    },
    LIMIT_MS,
  );

  it(
    'leaves nothing when it is killed',
    async () => {
      const demo = start('--count', '20');
      await eventually('the demo is up', () => demo.stdout.includes('Ctrl-C ends'));

      demo.signal('SIGKILL');

      expect(await demo.ended).toBe('SIGKILL');
      await expectNothingLeft(demo);
    },
    LIMIT_MS,
  );

  it(
    'ends with the last lines of the log when a daemon ends by itself',
    async () => {
      const demo = start('--count', '20', '--json');
      await eventually('the demo is up', () => demo.stderr.includes('Ctrl-C ends'));
      const pid = Number(/push-to-handset .* process (\d+)/.exec(demo.stderr)?.[1]);

      process.kill(pid, 'SIGKILL');

      expect(await demo.ended).toBe(1);
      expect(demo.stderr).toContain('push-to-handset has ended by itself (SIGKILL). The end of its log:\n{');
      expect(summaryOf(demo).ok).toBe(false);
      await expectNothingLeft(demo);
    },
    LIMIT_MS,
  );

  it(
    'says what is wrong with a database that it cannot reach',
    async () => {
      const demo = start('--exit', '--json', '--database', 'postgres://user@127.0.0.1:1/none');

      expect(await demo.ended).toBe(1);
      expect(demo.stderr).toContain('The database cannot be reached: connect ECONNREFUSED');
      expect(summaryOf(demo)).toMatchObject({ ok: false, count: 600 });
      expect(await readdir(temporary)).toEqual([]);
    },
    LIMIT_MS,
  );

  it('refuses arguments that it does not know, with exit code 64', async () => {
    const demo = start('--colour');

    expect(await demo.ended).toBe(64);
    expect(demo.stderr).toContain("Unknown option '--colour'");
  });
});

function start(...args: string[]): Child {
  const env = { ...process.env, TMPDIR: temporary };
  const demo = Child.spawn({ name: 'the demo', command: process.execPath, args: [PROGRAM, ...args], env });
  running.push(demo);
  return demo;
}

function summaryOf({ stdout }: Pick<Child, 'stdout'>): Summary {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Summary;
}

/** The servers of the demo: PostgreSQL, the broker and the health of four daemons. */
function portsOf({ stdout, stderr }: Pick<Child, 'stdout' | 'stderr'>): [url: string, port: number][] {
  const urls = `${stdout}${stderr}`.matchAll(
    /\b(?:postgres|stomp|http):\/\/\S*127\.0\.0\.1:(\d+)(?:\/(?:postgres|health))?(?=[\s,])/g,
  );
  return [...new Map([...urls].map(([url, port]) => [url, Number(port)]))];
}

async function expectNothingLeft(demo: Child): Promise<void> {
  const ports = portsOf(demo);
  expect(ports).toHaveLength(6);
  await eventually('the servers are gone', async () => {
    const answers = await Promise.all(ports.map(([, port]) => accepts(port)));
    return !answers.includes(true);
  });
  await eventually('all folders are removed', async () => (await readdir(temporary)).length === 0);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
