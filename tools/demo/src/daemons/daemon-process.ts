import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { DemoError } from '../demo-error.js';
import type { Guard } from './guard.js';

export interface DaemonCommand {
  /** The app's name, such as `push-to-handset`. */
  readonly name: string;
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where it tells how it is. */
  readonly healthUrl: string;
  readonly logFile: string;
}

/** A daemon that was told to end, or gave up, has this long before it is killed. */
const STOP_LIMIT_MS = 30_000;

/** One of the four daemons, as a process of its own. */
export class DaemonProcess {
  /** How it ended: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Set once it is at work, and so must answer a SIGTERM. */
  atWork = false;
  #stopping = false;

  private constructor(
    readonly command: DaemonCommand,
    private readonly child: ChildProcess,
  ) {
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        resolve(code ?? signal ?? 'SIGKILL');
      });
    });
  }

  /** In a process group of its own: a Ctrl-C is for the demo, which then ends its daemons in good order. */
  static async start(command: DaemonCommand, guard: Pick<Guard, 'watch' | 'forget'>): Promise<DaemonProcess> {
    const { env, script, logFile } = command;
    const log = await open(logFile, 'a');
    const child = spawn(process.execPath, [script], {
      env,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    const daemon = new DaemonProcess(command, child);
    await once(child, 'spawn');
    await log.close();
    const { pid } = daemon;
    guard.watch(pid);
    void daemon.ended.then(() => {
      guard.forget(pid);
    });
    return daemon;
  }

  get pid(): number {
    return this.child.pid ?? NaN;
  }

  /** Resolves, with the reason, when the daemon ends without having been told to; never otherwise. */
  async endedUnasked(): Promise<DemoError> {
    const how = await this.ended;
    if (this.#stopping) return new Promise(() => undefined);
    const { name, logFile } = this.command;
    const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-LOG_LINES).join('\n');
    return new DemoError(
      'DAEMON_ENDED',
      `${name} has ended by itself (${how}). The end of its log:\n${lines}`,
    );
  }

  /** Ends the daemon with SIGTERM; rejects where it was at work and then does not exit with 0. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.#stopping = true;
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_LIMIT_MS);
    const how = await this.ended;
    clearTimeout(timer);
    const tooEarlyToAnswer = !this.atWork && how === 'SIGTERM';
    if (how !== 0 && !tooEarlyToAnswer)
      throw new DemoError('DAEMON_ENDED', `ended with ${how} after SIGTERM`);
  }
}

const LOG_LINES = 15;
