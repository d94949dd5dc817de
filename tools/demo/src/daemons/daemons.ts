import { join } from 'node:path';
import { freePort } from '@comms/test-servers';
import { DaemonProcess } from './daemon-process.js';
import { DemoError } from '../demo-error.js';
import type { Guard } from './guard.js';
import { untilHealthy } from './health.js';
import { inRepository } from '../in-repository.js';
import { sentenceOf } from '../sentence-of.js';
import type { Teardown } from '../teardown.js';

/** A daemon at work. */
export interface RunningDaemon {
  readonly name: string;
  readonly pid: number;
  /** Its `/health`. */
  readonly healthUrl: string;
}

export interface DaemonSetting {
  /** The daemons' environment; each gets a health port of its own besides. */
  readonly env: NodeJS.ProcessEnv;
  readonly logs: string;
  readonly guard: Guard;
  readonly teardown: Teardown;
  /** Told, with the reason, that a daemon has ended by itself; its signal ends the waiting. */
  readonly abort: AbortController;
}

const NAMES = ['comms-monitor', 'push-to-handset', 'sms-to-handset', 'extract-generic'] as const;

const READY_LIMIT_MS = 60_000;

/** Starts the four daemons at once and waits until all are at work. Throws `NOT_READY`, or what the abort has. */
export async function startDaemons(setting: DaemonSetting): Promise<readonly RunningDaemon[]> {
  const { teardown, abort } = setting;
  const ports = await freePorts(NAMES.length);
  const processes = await Promise.all(NAMES.map((name, i) => startDaemon(name, ports[i] ?? 0, setting)));
  teardown.add('daemons', () => stopAll(processes));
  for (const daemon of processes) {
    void daemon.endedUnasked().then((reason) => {
      abort.abort(reason);
    });
  }
  return Promise.all(processes.map((daemon) => untilAtWork(daemon, abort.signal)));
}

function startDaemon(
  name: string,
  port: number,
  { env, logs, guard }: DaemonSetting,
): Promise<DaemonProcess> {
  const command = {
    name,
    script: inRepository(`dist/apps/${name}/main.js`),
    env: { ...env, COMMS_HEALTH_PORT: String(port) },
    healthUrl: `http://127.0.0.1:${port}/health`,
    logFile: join(logs, `${name}.log`),
  };
  return DaemonProcess.start(command, guard);
}

async function untilAtWork(daemon: DaemonProcess, signal: AbortSignal): Promise<RunningDaemon> {
  const { name, healthUrl } = daemon.command;
  const shortcomings = await untilHealthy(healthUrl, { limitMs: READY_LIMIT_MS, signal }).catch(() => {
    throw signal.reason;
  });
  if (shortcomings !== undefined) {
    const limit = `${READY_LIMIT_MS / 1000} s`;
    throw new DemoError('NOT_READY', `${name} is not at work after ${limit}: ${shortcomings}`);
  }
  daemon.atWork = true;
  return { name, pid: daemon.pid, healthUrl };
}

/** All at once; rejects with the faults of all that did not end as they should. */
async function stopAll(processes: readonly DaemonProcess[]): Promise<void> {
  const ends = await Promise.allSettled(processes.map((daemon) => daemon.stop()));
  const faults = ends.flatMap((end, i) =>
    end.status === 'rejected' ? [`${processes[i]?.command.name ?? ''} ${sentenceOf(end.reason)}`] : [],
  );
  if (faults.length > 0) throw new DemoError('DAEMON_ENDED', faults.join('; '));
}

async function freePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}
