import { ConfigurationModule } from '@comms/config';
import { aConfig, aConfiguration } from '@comms/config/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type INestApplication, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { Test } from '@nestjs/testing';
import { LoopModule } from './loop.module.js';
import { RuntimeModule } from './runtime.module.js';
import { Daemon, type PollReport } from './daemon.js';
import type { BacklogCount } from './health/backlog.js';
import type { HealthContributor } from './health/part.js';
import type { HealthReport } from './health/health-report.js';
import { NestLog } from './logging/nest-log.js';
import { BackOffConfig } from './loop/back-off.js';
import { DaemonLoop } from './loop/daemon-loop.js';
import { DaemonMetrics } from './metrics/daemon-metrics.js';
import { EnvironmentConfig, HealthConfig, ShutdownConfig } from './runtime.config.js';
import { AppInfo } from './runtime.js';
import { aLog } from './testing/a-log.js';
import { eventually } from './testing/eventually.js';
import { FakeDaemon, IDLE } from './testing/fake-daemon.js';
import { Gate } from './testing/gate.js';

const since = new Date('2026-11-24T12:00:00.000Z');
const up = { state: 'up', since, name: 'localhost' } as const;
const down = { state: 'down', since, code: 'BROKER_DOWN', text: 'The broker cannot be reached.' } as const;

describe('the runtime around a daemon', () => {
  const apps: INestApplication[] = [];
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  it('is not ready before the daemon has started, but alive', async () => {
    const daemon = await setup();
    expect(await daemon.get('/health/ready')).toEqual({ code: 503, body: { status: 'starting' } });
    expect(await daemon.get('/health/live')).toEqual({ code: 200, body: { status: 'live' } });
    expect(daemon.fake.polls).toBe(0);
  });

  it('polls by the schedule once started, and is ready', async () => {
    const daemon = await setup();
    daemon.start();
    await eventually(() => daemon.fake.polls >= 3);
    expect(await daemon.get('/health/ready')).toEqual({ code: 200, body: { status: 'up' } });
  });

  it('polls when it is woken, and otherwise only by its schedule', async () => {
    const daemon = await setup({ fake: new FakeDaemon(undefined, '1h') });
    daemon.start();
    await eventually(() => daemon.fake.polls === 1);
    daemon.fake.wake?.();
    await eventually(() => daemon.fake.polls === 2);
  });

  it('reports all there is to know at /health', async () => {
    const daemon = await setup({
      fake: new FakeDaemon(once({ next: 'idle', distributed: 3, retried: 0, failed: 1 }), '1h'),
    });
    daemon.start();
    await eventually(async () => (await daemon.report()).lastCycle?.finishedAt != null);
    const { code, body } = await daemon.get('/health');
    expect(code).toBe(200);
    expect(body).toEqual({
      status: 'up',
      app: 'push-to-handset',
      version: '1.2.3',
      daemon: { type: 'Transmission', category: 'Comms', activity: 'Push To Handset' },
      database: { status: 'up', since: since.toISOString(), name: 'localhost' },
      broker: { status: 'up', since: since.toISOString(), name: 'localhost' },
      lastCycle: {
        startedAt: expect.stringMatching(/Z$/),
        finishedAt: expect.stringMatching(/Z$/),
        distributed: 3,
        retried: 0,
        failed: 1,
      },
      backlog: { waiting: 5, retrying: 4, error: 3, lapsed: 2, setAside: 6, oldestWaitingSeconds: 1.5 },
      lastError: null,
    });
    expect(Object.keys(body as object)).toEqual([
      'status',
      'app',
      'version',
      'daemon',
      'database',
      'broker',
      'lastCycle',
      'backlog',
      'lastError',
    ]);
  });

  it('names the environment at /health', async () => {
    const daemon = await setup({ environment: 'test-2' });
    expect((await daemon.get('/health')).body).toMatchObject({ environment: 'test-2' });
  });

  it('adds up the polls of one cycle', async () => {
    const answers: PollReport[] = [
      { next: 'more', distributed: 200, retried: 0, failed: 0 },
      { next: 'idle', distributed: 50, retried: 0, failed: 2 },
    ];
    const daemon = await setup({ fake: new FakeDaemon(() => answers.shift() ?? IDLE, '1h') });
    daemon.start();
    await eventually(async () => (await daemon.report()).lastCycle?.finishedAt != null);
    expect((await daemon.report()).lastCycle).toMatchObject({ distributed: 250, failed: 2 });
  });

  it('is down, but alive, while a part is down', async () => {
    const daemon = await setup({ broker: () => down });
    daemon.start();
    const { code, body } = await daemon.get('/health');
    expect(code).toBe(503);
    expect(body).toMatchObject({ status: 'down', broker: { status: 'down', code: 'BROKER_DOWN' } });
    expect((await daemon.get('/health/ready')).code).toBe(503);
    expect((await daemon.get('/health/live')).code).toBe(200);
  });

  it('is not ready while a part has not been tried', async () => {
    const daemon = await setup({ broker: () => ({ state: 'unknown', since }) });
    daemon.start();
    expect(await daemon.get('/health/ready')).toEqual({ code: 503, body: { status: 'starting' } });
  });

  it('is down while its batches fail, reports why, and recovers', async () => {
    let broken = true;
    const fake = new FakeDaemon(() => {
      if (broken) throw Object.assign(new Error('no such table: Hello Ann'), { code: '42P01' });
      return IDLE;
    });
    const daemon = await setup({ fake });
    daemon.start();
    await eventually(async () => (await daemon.report()).status === 'down');
    expect((await daemon.report()).lastError).toEqual({ code: '42P01', at: expect.any(String) });
    expect((await daemon.get('/health/live')).code).toBe(200);
    broken = false;
    await eventually(async () => (await daemon.report()).status === 'up');
    expect((await daemon.report()).lastError).toMatchObject({ code: '42P01' });
    const events = daemon.lines().map(({ level, msg, code }) => ({ level, msg, code }));
    expect(events).toContainEqual({ level: 'error', msg: 'cycle failed', code: '42P01' });
    expect(events).toContainEqual({ level: 'info', msg: 'recovered' });
    expect(daemon.text()).not.toContain('Ann');
  });

  it('pauses on trouble after counting what was done, and warns', async () => {
    const trouble = { code: 'BROKER_DOWN', text: 'The broker cannot be reached.' };
    const daemon = await setup({
      fake: new FakeDaemon(once({ next: 'more', distributed: 7, retried: 0, failed: 0, trouble })),
      backOff: { initialMs: 60_000, maxMs: 60_000 },
    });
    daemon.start();
    await eventually(async () => (await daemon.report()).lastError !== null);
    expect((await daemon.report()).lastCycle).toMatchObject({ distributed: 7, failed: 0 });
    expect(await daemon.metrics()).toContain('comms_poller_paused 1');
    expect(daemon.lines()).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: 'cycle failed', ...trouble, failures: 1 }),
    );
    expect(daemon.fake.polls).toBe(1);
  });

  it('distributes nothing while disabled, and is healthy whatever its parts', async () => {
    const daemon = await setup({ broker: () => down });
    daemon.fake.enabled = false;
    daemon.start();
    expect(await daemon.get('/health')).toMatchObject({ code: 200, body: { status: 'disabled' } });
    expect((await daemon.get('/health/ready')).code).toBe(200);
    expect(daemon.fake.polls).toBe(0);
  });

  it('is not alive once a batch is stuck', async () => {
    const gate = new Gate();
    const daemon = await setup({ fake: gatedDaemon(gate), stuckAfterMs: 5 });
    daemon.start();
    await eventually(async () => (await daemon.get('/health/live')).code === 503);
    expect((await daemon.report()).status).toBe('stuck');
    gate.open();
    await eventually(async () => (await daemon.get('/health/live')).code === 200);
  });

  it('logs nothing for idle polls', async () => {
    const daemon = await setup();
    daemon.start();
    await eventually(() => daemon.fake.polls >= 3);
    expect(daemon.lines().filter(({ context }) => context === undefined)).toEqual([]);
  });

  describe('when it is closed', () => {
    it('lets the batch in hand end, takes no new one, and answers requests meanwhile', async () => {
      const gate = new Gate();
      const daemon = await setup({
        fake: gatedDaemon(gate, { next: 'more', distributed: 1, retried: 0, failed: 0 }),
      });
      daemon.start();
      await eventually(() => daemon.fake.polls === 1);
      let closed = false;
      const closing = daemon.app.close().then(() => (closed = true));
      await eventually(async () => (await daemon.report()).status === 'stopping');
      expect((await daemon.get('/health/ready')).code).toBe(503);
      expect((await daemon.get('/health/live')).code).toBe(200);
      expect(closed).toBe(false);
      gate.open();
      await closing;
      expect(daemon.fake.polls).toBe(1);
      expect(daemon.lines()).toContainEqual(expect.objectContaining({ msg: 'batch done', distributed: 1 }));
    });

    it('gives up a batch that does not end within the limit', async () => {
      const daemon = await setup({ fake: gatedDaemon(new Gate()), drainLimitMs: 20 });
      daemon.start();
      await eventually(() => daemon.fake.polls === 1);
      await daemon.app.close();
      expect(daemon.lines()).toContainEqual(
        expect.objectContaining({ level: 'warn', msg: 'batch given up', drainLimitMs: 20 }),
      );
    });

    it('stops the daemon after the batch in hand has ended', async () => {
      const gate = new Gate();
      const daemon = await setup({ fake: gatedDaemon(gate) });
      daemon.start();
      await eventually(() => daemon.fake.polls === 1);
      const closing = daemon.app.close();
      await eventually(async () => (await daemon.report()).status === 'stopping');
      expect(daemon.fake.stopped).toBe(false);
      gate.open();
      await closing;
      expect(daemon.fake.stopped).toBe(true);
    });
  });

  describe('metrics', () => {
    it('have names that start with comms_', async () => {
      const daemon = await setup();
      daemon.start();
      const samples = (await daemon.metrics())
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'));
      expect(samples.filter((line) => !line.startsWith('comms_'))).toEqual([]);
    });

    it('show what was done and the present state', async () => {
      const daemon = await setup({
        fake: new FakeDaemon(once({ next: 'idle', distributed: 3, retried: 0, failed: 1 }), '1h'),
        broker: () => down,
      });
      daemon.app.get(DaemonMetrics).handled('sent', 3);
      daemon.start();
      await eventually(async () => (await daemon.report()).lastCycle?.finishedAt != null);
      const metrics = await daemon.metrics();
      for (const sample of [
        'comms_build_info{app="push-to-handset",version="1.2.3"} 1',
        'comms_cycles_total{result="worked"} 1',
        'comms_cycles_total{result="idle"} 0',
        'comms_cycles_total{result="failed"} 0',
        'comms_cycle_duration_seconds_count{result="worked"} 1',
        'comms_poll_duration_seconds_count{result="worked"} 1',
        'comms_distributions_total{outcome="sent"} 3',
        'comms_backlog_rows{state="waiting"} 5',
        'comms_backlog_rows{state="retrying"} 4',
        'comms_backlog_rows{state="error"} 3',
        'comms_backlog_rows{state="lapsed"} 2',
        'comms_set_aside_rows{method="PUSH"} 6',
        'comms_set_aside_rows{method="SMS"} 0',
        'comms_oldest_waiting_seconds 1.5',
        'comms_backlog_count_failed 0',
        'comms_part_up{part="database"} 1',
        'comms_part_up{part="broker"} 0',
        'comms_poller_paused 0',
      ]) {
        expect(metrics.split('\n')).toContain(sample);
      }
      expect(metrics).toMatch(/^comms_last_cycle_timestamp_seconds \d{10}/m);
      expect(metrics).toMatch(/^comms_event_loop_lag_seconds \d/m);
    });

    it('leave out what is not known', async () => {
      const daemon = await setup({
        broker: () => ({ state: 'unknown', since }),
        count: () => Promise.reject(new Error('no database')),
      });
      const metrics = await daemon.metrics();
      expect(metrics).not.toMatch(/^comms_(backlog_rows|oldest_waiting_seconds)/m);
      expect(metrics).toContain('comms_backlog_count_failed 1');
      expect(metrics).not.toContain('part="broker"');
      expect((await daemon.report()).backlog).toBeNull();
    });

    it('are separate for each daemon', async () => {
      const [one, other] = await Promise.all([setup(), setup()]);
      one.app.get(DaemonMetrics).handled('sent', 1);
      expect(await other.metrics()).not.toContain('outcome="sent"');
    });
  });

  interface Setup {
    readonly fake?: FakeDaemon;
    readonly broker?: () => Awaited<ReturnType<HealthContributor['check']>>;
    readonly count?: () => Promise<BacklogCount>;
    readonly backOff?: Partial<BackOffConfig>;
    readonly stuckAfterMs?: number;
    readonly drainLimitMs?: number;
    readonly environment?: string;
  }

  async function setup({
    fake = new FakeDaemon(),
    broker = () => up,
    count = () => Promise.resolve(BACKLOG),
    backOff = { initialMs: 10, maxMs: 10 },
    stuckAfterMs = 60_000,
    drainLimitMs = 10_000,
    environment,
  }: Setup = {}) {
    const { log, lines, text } = aLog();
    fake.backlog = { count };
    fake.parts = [
      { part: 'database', check: () => Promise.resolve(up) },
      { part: 'broker', check: () => Promise.resolve(broker()) },
    ];
    const configuration = aConfiguration([
      aConfig(EnvironmentConfig, { ...(environment !== undefined && { environment }) }),
      aConfig(BackOffConfig, backOff),
      aConfig(HealthConfig, { stuckAfterMs }),
      aConfig(ShutdownConfig, { drainLimitMs }),
    ]);
    const module = {
      module: FakeDaemonModule,
      providers: [{ provide: Daemon, useValue: fake }],
      exports: [Daemon],
    };
    const built = await Test.createTestingModule({
      imports: [
        ConfigurationModule.forRoot(configuration),
        ScheduleModule.forRoot(),
        RuntimeModule.forRoot(new AppInfo('push-to-handset', '1.2.3'), log),
        LoopModule.around(module),
      ],
    }).compile();
    const app = built.createNestApplication();
    app.useLogger(new NestLog(log));
    apps.push(app);
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    const get = async (path: string) => {
      const response = await fetch(url + path);
      return { code: response.status, body: await response.json() };
    };
    return {
      app,
      fake,
      lines,
      text,
      get,
      start: () => {
        app.get(DaemonLoop).start();
      },
      report: async () => (await get('/health')).body as HealthReport,
      metrics: async () => (await fetch(`${url}/metrics`)).text(),
    };
  }
});

@Module({})
class FakeDaemonModule {}

const BACKLOG: BacklogCount = {
  waiting: 5,
  retrying: 4,
  error: 3,
  lapsed: 2,
  setAside: 6,
  oldestWaitingSeconds: 1.5,
  setAsideByMethod: { PUSH: 6, SMS: 0 },
};

/** Returns this report at the first poll, and `idle` to all others. */
function once(report: PollReport): () => PollReport {
  const answers = [report];
  return () => answers.shift() ?? IDLE;
}

function gatedDaemon(gate: Gate, report: PollReport = IDLE): FakeDaemon {
  return new FakeDaemon(async () => {
    await gate.opened;
    return report;
  });
}
