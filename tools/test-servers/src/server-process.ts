import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
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
  /** The server is ready when each of these ports of 127.0.0.1 accepts a connection. */
  readonly ports: readonly number[];
  readonly stopSignal?: NodeJS.Signals;
  /** The signal when the owner has gone and nobody waits; SIGKILL unless the server leaves something behind then. */
  readonly hurrySignal?: NodeJS.Signals;
  /** Set where the command is a `docker run` of that name. */
  readonly container?: string;
}

const READY_LIMIT_MS = 90_000;
const GUARD = fileURLToPath(new URL('../guard.mjs', import.meta.url));

/** A server process under a guard that ends it when this process ends. */
export class ServerProcess {
  private readonly guard: ChildProcess;
  private endReason = '';

  private constructor(private readonly spec: ServerCommand) {
    this.guard = spawn(process.execPath, [GUARD], {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    this.guard.on('message', (message: { ended?: string }) => {
      this.endReason = message.ended ?? '';
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

  /** Sends a signal to the server and all its children, such as SIGKILL, SIGSTOP or SIGCONT. */
  async signal(name: NodeJS.Signals): Promise<void> {
    this.guard.send({ signal: name });
    if (name === 'SIGKILL') await this.end();
  }

  /** Starts the server again on the same folder and ports after it has ended; ends it first where it still runs. */
  async restart(): Promise<void> {
    if (!this.hasEnded()) await this.signal('SIGKILL');
    await this.run();
  }

  /** Ends the server and removes its folder. */
  async stop(): Promise<void> {
    if (this.guard.exitCode !== null || this.guard.signalCode !== null) return;
    const gone = new Promise((resolve) => this.guard.once('exit', resolve));
    this.guard.ref();
    this.guard.send({ stop: true });
    await gone;
  }

  private async run(): Promise<void> {
    this.endReason = '';
    this.guard.send({ start: this.spec });
    const deadline = Date.now() + READY_LIMIT_MS;
    while (!(await this.accepts())) {
      if (this.hasEnded()) throw await this.failure(`ended at start: ${this.endReason}`);
      if (Date.now() > deadline) throw await this.failure('did not become ready');
      await pause();
    }
  }

  private async accepts(): Promise<boolean> {
    return (await Promise.all(this.spec.ports.map(accepts))).every(Boolean);
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

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}
