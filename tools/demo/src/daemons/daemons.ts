import { join } from 'node:path';
import { Child, type Guard, repositoryPath, sentenceOf, type Teardown } from '@comms/kit';
import { freePort } from '@comms/test-servers';
import { DemoError } from '../demo-error.js';
import { untilHealthy } from './health.js';
import { stopDaemon } from './stop-daemon.js';

/** A daemon at work. */
export interface RunningDaemon {
  readonly name: string;
  readonly pid: number;
  /** Its `/health`. */
  readonly healthUrl: string;
}

interface DaemonSetting {
  /** The daemons' environment. Each daemon also gets its own health port. */
  readonly env: NodeJS.ProcessEnv;
  readonly logs: string;
  readonly guard: Guard;
  readonly teardown: Teardown;
  /** Aborted, with the reason, when a daemon has ended by itself. Its signal ends the waiting. */
  readonly abort: AbortController;
}

interface StartedDaemon {
  readonly name: string;
  readonly healthUrl: string;
  readonly child: Child;
  /** Set once it is at work. From then on SIGTERM must end it with 0. */
  atWork: boolean;
}

const NAMES = ['comms-monitor', 'push-to-handset', 'sms-to-handset', 'extract-generic'] as const;

const READY_LIMIT_MS = 60_000;

/** Starts the four daemons at once and waits until all are at work. Throws `NOT_READY`, or the reason of the abort. */
export async function startDaemons(setting: DaemonSetting): Promise<readonly RunningDaemon[]> {
  const { teardown, abort } = setting;
  const ports = await freePorts(NAMES.length);
  const daemons = await Promise.all(NAMES.map((name, i) => startDaemon(name, ports[i] ?? 0, setting)));
  teardown.add('daemons', () => stopAll(daemons));
  for (const { child } of daemons) {
    void child.endedUnasked().then((sentence) => {
      abort.abort(new DemoError('DAEMON_ENDED', sentence));
    });
  }
  return Promise.all(daemons.map((daemon) => untilAtWork(daemon, abort.signal)));
}

/** In its own process group: Ctrl-C reaches only the demo, which then ends its daemons by SIGTERM. */
async function startDaemon(
  name: string,
  port: number,
  { env, logs, guard }: DaemonSetting,
): Promise<StartedDaemon> {
  const child = await Child.start({
    name,
    command: process.execPath,
    args: [repositoryPath(`dist/apps/${name}/main.js`)],
    env: { ...env, COMMS_HEALTH_PORT: String(port) },
    logFile: join(logs, `${name}.log`),
    detached: true,
    guard,
  });
  return { name, healthUrl: `http://127.0.0.1:${port}/health`, child, atWork: false };
}

async function untilAtWork(daemon: StartedDaemon, signal: AbortSignal): Promise<RunningDaemon> {
  const { name, healthUrl, child } = daemon;
  const shortcomings = await untilHealthy(healthUrl, { limitMs: READY_LIMIT_MS, signal }).catch(() => {
    throw signal.reason;
  });
  if (shortcomings !== undefined) {
    const limit = `${READY_LIMIT_MS / 1000} s`;
    throw new DemoError('NOT_READY', `${name} is not at work after ${limit}: ${shortcomings}`);
  }
  daemon.atWork = true;
  return { name, pid: child.pid, healthUrl };
}

/** Ends all of them at once. Rejects with the faults of those that did not end as they should. */
async function stopAll(daemons: readonly StartedDaemon[]): Promise<void> {
  const ends = await Promise.allSettled(daemons.map(stopDaemon));
  const faults = ends.flatMap((end, i) =>
    end.status === 'rejected' ? [`${daemons[i]?.name ?? ''} ${sentenceOf(end.reason)}`] : [],
  );
  if (faults.length > 0) throw new DemoError('DAEMON_ENDED', faults.join('; '));
}

async function freePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}
