import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type RunningProgram, startFromSource } from '../testing/start-from-source.js';

jest.setTimeout(60_000);

const MAIN = new URL('../testing/fixture-daemon/main.ts', import.meta.url);
const ENDLESS_LOAD = new URL('../testing/fixture-daemon/endless-load.main.ts', import.meta.url);
const BROKEN_LOAD = new URL('../testing/fixture-daemon/broken-load.main.ts', import.meta.url);

describe('the process of a daemon', () => {
  const running: RunningProgram[] = [];
  const servers: Server[] = [];
  afterEach(async () => {
    for (const program of running) program.kill('SIGKILL');
    await Promise.all(running.splice(0).map((program) => program.exitCode()));
    for (const server of servers.splice(0)) server.close();
  });

  describe('with --check-config', () => {
    it('ends with 0 when the configuration is sound', async () => {
      const daemon = await start({ args: ['--check-config'] });
      expect(await daemon.exitCode()).toBe(0);
      expect(daemon.stdout).toBe('The configuration is sound.\n');
      expect(daemon.stderr).toBe('');
    });

    it('ends with 0 after warning of what is doubtful, only by name', async () => {
      const environment = { COMMS_NOTHING_LIKE_IT: 'hunter2', 'comms.log.level': 'debug' };
      const daemon = await start({ args: ['--check-config'], environment });
      expect(await daemon.exitCode()).toBe(0);
      expect(daemon.stdout).toBe('The configuration is sound.\n');
      expect(daemon.stderr).toBe(
        'warning: COMMS_NOTHING_LIKE_IT (environment variable): is not known, and sets nothing\n' +
          'warning: comms.log.level (environment variable): sets nothing, because its name has dots; ' +
          'the nearest known variable is COMMS_LOG_LEVEL\n',
      );
    });

    it('ends with 78 for a misspelt variable', async () => {
      const daemon = await start({ args: ['--check-config'], environment: { COMMS_LOG_LEVLE: 'debug' } });
      expect(await daemon.exitCode()).toBe(78);
      expect(daemon.stderr).toBe(
        'COMMS_LOG_LEVLE (environment variable): is not known; the nearest known variable is COMMS_LOG_LEVEL\n',
      );
    });

    it('ends with 78 after reporting every fault, one line each', async () => {
      const daemon = await start({
        args: ['--check-config'],
        environment: {
          COMMS_FIXTURE_MODE: 'lazy',
          COMMS_LOG_LEVEL: 'loud',
          COMMS_HEALTH_PORT: '0',
          COMMS_SHUTDOWN_DRAIN_LIMIT: '-1',
          COMMS_BACK_OFF_INITIAL: '20s',
          COMMS_BACK_OFF_MAX: '10s',
        },
      });
      expect(await daemon.exitCode()).toBe(78);
      const keys = daemon.stderr.split('\n').map((line) => /^[\w.-]+/.exec(line)?.[0] ?? '');
      expect(keys).toEqual([
        'comms.fixture.mode',
        'comms.health.port',
        'comms.log.level',
        'comms.shutdown.drain-limit',
        'comms.back-off.max',
        '',
      ]);
      expect(daemon.stdout).toBe('');
    });
  });

  it('prints each property with its source, and no secret, with --print-config', async () => {
    const daemon = await start({
      args: ['--print-config'],
      environment: { COMMS_FIXTURE_PASSWORD: 'open-sesame' },
    });
    expect(await daemon.exitCode()).toBe(0);
    expect(daemon.stdout).toMatch(/^comms\.log\.level = info +# default$/m);
    expect(daemon.stdout).toMatch(
      /^comms\.fixture\.password = .*# environment variable COMMS_FIXTURE_PASSWORD$/m,
    );
    expect(daemon.stdout).not.toContain('open-sesame');
  });

  it('ends with 78 on an argument that it does not know, and reports which there are', async () => {
    const daemon = await start({ args: ['--chek-config'] });
    expect(await daemon.exitCode()).toBe(78);
    expect(daemon.stderr).toMatch(/^unknown argument "--chek-config"; .+\n\nUsage: node .+main\.ts /);
    expect(daemon.stdout).toBe('');
  });

  it('reports with --help how it is used, whatever the configuration', async () => {
    const daemon = await start({ args: ['--help'], mode: 'lazy' });
    expect(await daemon.exitCode()).toBe(0);
    expect(daemon.stdout).toMatch(/^Usage: node .+main\.ts /);
    for (const word of ['--check-config', '--print-config', 'COMMS_CONFIG', '_FILE'])
      expect(daemon.stdout).toContain(word);
    expect(daemon.stderr).toBe('');
  });

  it('ends with 78 instead of running on a faulty configuration', async () => {
    const daemon = await start({ mode: 'lazy' });
    expect(await daemon.exitCode()).toBe(78);
    expect(daemon.stderr).toMatch(/^comms\.fixture\.mode \(environment variable COMMS_FIXTURE_MODE\): .+\n$/);
    expect(daemon.stdout).toBe('');
  });

  it('logs at its start what is doubtful, one line each at warn', async () => {
    const daemon = await start({
      environment: { COMMS_NOTHING_LIKE_IT: 'hunter2', COMMS_TEST_ANYTHING: '1' },
    });
    await daemon.hasLogged('started');
    const doubts = daemon.lines().filter(({ level }) => level === 'warn');
    expect(doubts).toEqual([
      expect.objectContaining({
        msg: 'configuration doubtful',
        key: 'COMMS_NOTHING_LIKE_IT',
        problem: 'is not known, and sets nothing',
      }),
    ]);
    expect(daemon.stdout).not.toContain('hunter2');
  });

  it('reports at its start what it is, and answers on its port', async () => {
    const daemon = await start();
    await daemon.hasLogged('started');
    const started = daemon.lines().find(({ msg }) => msg === 'started');
    expect(started).toMatchObject({
      app: 'fixture-daemon',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      activity: 'Fixture',
      schedule: '20ms',
      enabled: true,
    });
    const response = await fetch(`http://127.0.0.1:${String(started?.['port'])}/health`);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends with 0 after %s, with the batch in hand finished',
    async (signal) => {
      const daemon = await start({ mode: 'gated' });
      await daemon.hasLogged('polled');
      daemon.kill(signal);
      expect(await daemon.exitCode()).toBe(0);
      expect(events(daemon)).toEqual([
        'started',
        'polled',
        'stopping',
        'batch done',
        'store closed',
        'stopped',
      ]);
    },
  );

  it('is not disturbed by a second signal', async () => {
    const daemon = await start({ mode: 'gated' });
    await daemon.hasLogged('polled');
    daemon.kill('SIGTERM');
    await daemon.hasLogged('stopping');
    daemon.kill('SIGTERM');
    daemon.kill('SIGINT');
    expect(await daemon.exitCode()).toBe(0);
    expect(events(daemon)).toContain('batch done');
  });

  it('ends with 0 when the batch in hand is given up at the drain limit', async () => {
    const daemon = await start({ mode: 'hanging', environment: { COMMS_SHUTDOWN_DRAIN_LIMIT: '100ms' } });
    await daemon.hasLogged('polled');
    daemon.kill('SIGTERM');
    expect(await daemon.exitCode()).toBe(0);
    expect(events(daemon)).toEqual([
      'started',
      'polled',
      'stopping',
      'batch given up',
      'store closed',
      'stopped',
    ]);
  });

  it('ends with 0 when something cannot be closed', async () => {
    const daemon = await start({ mode: 'unclosable', environment: { COMMS_SHUTDOWN_DRAIN_LIMIT: '100ms' } });
    await daemon.hasLogged('polled');
    daemon.kill('SIGTERM');
    expect(await daemon.exitCode()).toBe(0);
    expect(daemon.lines()).toContainEqual(expect.objectContaining({ msg: 'stopped', closed: false }));
  });

  it('ends with 0 when it gets the signal before it has started', async () => {
    const daemon = await start({ mode: 'slow-start' });
    await daemon.hasLogged('connecting');
    daemon.kill('SIGTERM');
    expect(await daemon.exitCode()).toBe(0);
    expect(events(daemon)).not.toContain('polled');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 after %s while its modules load', async (signal) => {
    const daemon = await start({ main: ENDLESS_LOAD });
    await daemon.hasLogged('loading');
    daemon.kill(signal);
    expect(await daemon.exitCode()).toBe(0);
    expect(events(daemon)).toEqual(['loading']);
  });

  it('ends with 70 and a line when its modules cannot be loaded', async () => {
    const daemon = await start({ main: BROKEN_LOAD });
    expect(await daemon.exitCode()).toBe(70);
    expect(daemon.stderr).toMatch(/^the program cannot be loaded: .*no-such-module/);
  });

  it('ends with 70 when its port is taken, before it has touched anything', async () => {
    const port = await takenPort();
    const daemon = await start({ environment: { COMMS_HEALTH_PORT: String(port) } });
    expect(await daemon.exitCode()).toBe(70);
    expect(daemon.lines()).toEqual([
      expect.objectContaining({
        level: 'fatal',
        msg: 'start failed',
        error: expect.objectContaining({
          code: 'HEALTH_PORT_TAKEN',
          message: `comms.health.port is ${port}, and another program listens on that port`,
        }),
      }),
    ]);
  });

  it('ends with 70 when its address is not of this machine', async () => {
    const daemon = await start({ environment: { COMMS_HEALTH_HOST: '192.0.2.1' } });
    expect(await daemon.exitCode()).toBe(70);
    expect(daemon.lines().at(-1)).toMatchObject({
      msg: 'start failed',
      error: { code: 'HEALTH_HOST_UNKNOWN', message: 'comms.health.host is not an address of this machine' },
    });
  });

  it.each([
    ['unwired', 'start failed'],
    ['rejecting', 'uncaught error'],
    ['throwing', 'uncaught error'],
  ])('ends with 70 and a line on anything unexpected (%s)', async (mode, msg) => {
    const daemon = await start({ mode });
    expect(await daemon.exitCode()).toBe(70);
    expect(daemon.lines().at(-1)).toMatchObject({ level: 'fatal', msg, error: { type: 'Error' } });
    expect(daemon.stdout + daemon.stderr).not.toContain('Ann');
  });

  interface Start {
    readonly main?: URL;
    readonly mode?: string;
    readonly args?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
  }

  async function start(asked: Start = {}): Promise<RunningProgram> {
    const { main = MAIN, mode = 'idle', args = [], environment = {} } = asked;
    const port = await freePort();
    const program = startFromSource({
      main,
      args,
      environment: {
        COMMS_FIXTURE_MODE: mode,
        COMMS_HEALTH_HOST: '127.0.0.1',
        COMMS_HEALTH_PORT: String(port),
        ...environment,
      },
    });
    running.push(program);
    return program;
  }

  async function takenPort(): Promise<number> {
    const server = createServer();
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return portOf(server);
  }
});

/** What happened, in order; polls one after another count once. */
function events(daemon: RunningProgram): string[] {
  const all = daemon.lines().map(({ msg }) => String(msg));
  return all.filter((event, index) => event !== all[index - 1]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port');
  return address.port;
}
