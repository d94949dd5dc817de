import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Child, eventually } from '@comms/kit';
import { testClassic, testPostgres } from '@comms/test-servers';
import type { Summary } from '../src/results/summary.js';

const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const LIMIT_MS = 120_000;

const { adminUrl } = await testPostgres();
const broker = await testClassic();

describe('the benchmark', () => {
  describe('of two daemons, three limits, refused rows, a start, a profile and the inputs of the model', () => {
    let summary: Summary;
    let stderr: string;

    beforeAll(async () => {
      const only =
        'plain,files,claimOnly,brokerOnly1000,filesOnly,wakeUpCost,refused,start,profile,databaseCosts,brokerCosts';
      const args = ['--json', '--quick', '--rows', '300', '--only', only];
      const run = await bench(args);
      stderr = run.stderr;
      expect(run).toMatchObject({ code: 0 });
      summary = JSON.parse(run.stdout.trimEnd().split('\n').at(-1) ?? '') as Summary;
    }, LIMIT_MS);

    it('gives a rate for each, and null for what was not run', () => {
      const rates = Object.entries(summary.rowsPerSecond);

      expect(summary.ok).toBe(true);
      expect(rates).toHaveLength(19);
      expect(rates.filter(([, rate]) => rate !== null && rate > 0).map(([name]) => name)).toEqual([
        'plain',
        'files',
        'claimOnly',
        'brokerOnly',
        'filesOnly',
      ]);
    });

    it('has a ratio for each that is compared, and none of what was not run', () => {
      const { filesToFilesOnly, ...others } = summary.ratios;

      expect(filesToFilesOnly).toBeGreaterThan(0);
      expect(Object.values(others)).toEqual(Array(11).fill(null));
      expect(summary.latencyMs).toBeNull();
    });

    it('has the rates of inserts without the triggers and with them', () => {
      const { oneSession, eightSessions, thousandRows } = summary.wakeUpCost ?? {};

      for (const figures of [oneSession, eightSessions, thousandRows]) {
        expect(figures?.without).toBeGreaterThan(0);
        expect(figures?.ratio).toBeGreaterThan(0);
      }
    });

    it('has the time and the processor time of a start', () => {
      const { wall = NaN, cpu } = summary.startMs ?? {};

      expect(wall).toBeGreaterThan(0);
      expect(cpu).toBeGreaterThan(0);
    });

    it('has the rates of rows that a broker refuses', () => {
      const rates = Object.values(summary.refused ?? {});

      expect(rates).toHaveLength(5);
      expect(rates.filter((rate) => !(rate > 0))).toEqual([]);
    });

    it('says where the time of the daemon goes, in parts that make the whole', () => {
      const { profile } = summary;
      const parts = Object.values(profile?.parts ?? {});

      expect(profile?.threadPerRow).toBeGreaterThan(0);
      expect(parts.reduce((sum, time) => sum + time, 0)).toBeCloseTo(profile?.threadPerRow ?? NaN, 0);
      expect(profile?.functions).not.toEqual([]);
    });

    it('has all inputs of the model of docs/scale.md besides the rates', () => {
      const inputs = Object.entries(summary.capacity ?? {});

      expect(inputs).toHaveLength(13);
      expect(inputs.filter(([, { median }]) => !(median >= 0))).toEqual([]);
    });

    it('reports each round, and a table', () => {
      expect(stderr).toMatch(/round 1\/1 {2}plain +[\d,]+ rows\/s\n/);
      expect(stderr).toMatch(/\| plain +\| push-to-handset, plain JSON +\| [\d,]+ /);
    });
  });

  it(
    'ends early and cleanly, with a code other than 0, when it is asked to',
    async () => {
      const { code, stdout, stderr } = await bench(['--json', '--only', 'idle'], 'idle: 20 s');

      expect(code).toBe(130);
      expect(stderr).toContain('The benchmark has ended early: ended by SIGINT');
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, rssMb: null });
    },
    LIMIT_MS,
  );

  it('refuses arguments that it does not know, with exit code 64', async () => {
    expect(await bench(['--fast'])).toMatchObject({
      code: 64,
      stderr: expect.stringContaining("Unknown option '--fast'") as unknown,
    });
  });
});

/** Runs it on the servers of this test run; `interruptAt` is what it prints before it gets a SIGINT. */
async function bench(args: readonly string[], interruptAt?: string) {
  const { username, password, stompUrl } = broker;
  const env = {
    ...process.env,
    COMMS_TEST_DATABASE_URL: adminUrl,
    COMMS_TEST_CLASSIC_URL: stompUrl.replace('://', `://${username}:${password}@`),
  };
  const child = Child.spawn({ name: 'bench', command: process.execPath, args: [PROGRAM, ...args], env });
  if (interruptAt !== undefined) {
    const isThere = () => child.hasEnded || child.stderr.includes(interruptAt);
    await eventually(`bench says '${interruptAt}'`, isThere, { limitMs: LIMIT_MS });
    child.signal('SIGINT');
  }
  const code = await child.ended;
  return { code, stdout: child.stdout, stderr: child.stderr };
}
