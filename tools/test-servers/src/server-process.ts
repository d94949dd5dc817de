import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { TestServerError } from './test-server-error.js';

/** How to run one server in the foreground. */
export interface ServerCommand {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly options?: { cwd?: string; uid?: number; gid?: number; env?: NodeJS.ProcessEnv };
  /** Everything the server keeps; removed with it. */
  readonly folder: string;
  readonly logFile: string;
  /** Whether the server answers; asked again and again after a start. */
  readonly isReady: () => Promise<boolean>;
  readonly stopSignal?: NodeJS.Signals;
  /** The signal when the owner has gone and nobody waits; SIGKILL unless the server leaves something behind then. */
  readonly hurrySignal?: NodeJS.Signals;
  /** Set where the command is a `docker run` of that name. */
  readonly container?: string;
  /** Set where the command mounts a FUSE file system there; unmounted at the end. */
  readonly mountPoint?: string;
}

interface FromGuard {
  readonly ended?: string;
  readonly signalled?: boolean;
}

const READY_LIMIT_MS = 90_000;
const GUARD = fileURLToPath(new URL('../guard.mjs', import.meta.url));

/** A server process under a guard that ends it when this process ends. */
export class ServerProcess {
  private readonly guard: ChildProcess;
  private endReason = '';
  private stopped: Promise<void> | undefined;

  private constructor(private readonly spec: ServerCommand) {
    this.guard = spawn(process.execPath, [GUARD], {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    this.guard.on('message', ({ ended = '' }: FromGuard) => {
      if (ended !== '') this.endReason = ended;
    });
    this.guard.unref();
    this.guard.channel?.unref();
  }

  /** Starts the server and waits until it accepts connections. */
  static async start(spec: ServerCommand): Promise<ServerProcess> {
    const server = new ServerProcess(spec);
    try {
      await server.run();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Sends SIGKILL, SIGSTOP or SIGCONT to the server with its children; a killed one has ended when this resolves. */
  async signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    const sent = this.told(({ signalled }) => signalled === true);
    this.guard.send({ signal: name });
    await sent;
    if (name === 'SIGKILL') await this.end();
  }

  /** Starts the server again on the same folder and ports after it has ended; ends it first where it still runs. */
  async restart(): Promise<void> {
    if (!this.hasEnded()) await this.signal('SIGKILL');
    await this.run();
  }

  /** Ends the server and removes its folder. */
  stop(): Promise<void> {
    this.stopped ??= new Promise((resolve) => {
      this.guard.once('exit', () => {
        resolve();
      });
      this.guard.ref();
      this.guard.send({ stop: true });
    });
    return this.stopped;
  }

  private async run(): Promise<void> {
    this.endReason = '';
    this.guard.send({ start: this.spec });
    const deadline = Date.now() + READY_LIMIT_MS;
    while (!(await this.spec.isReady())) {
      if (this.hasEnded()) throw await this.failure(`ended at start: ${this.endReason}`);
      if (Date.now() > deadline) throw await this.failure('did not become ready');
      await pause();
    }
  }

  private told(isIt: (message: FromGuard) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const listen = (message: FromGuard): void => {
        if (!isIt(message)) return;
        this.guard.off('message', listen);
        this.guard.channel?.unref();
        resolve();
      };
      this.guard.on('message', listen);
      this.guard.channel?.ref();
    });
  }

  private async end(): Promise<void> {
    while (!this.hasEnded()) await pause();
  }

  private hasEnded(): boolean {
    return this.endReason !== '';
  }

  private async failure(what: string): Promise<TestServerError> {
    const log = await readFile(this.spec.logFile, 'utf8').catch(() => '');
    return new TestServerError('SERVER_DID_NOT_START', `${this.spec.name} ${what}\n${log.slice(-3000)}`);
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}
