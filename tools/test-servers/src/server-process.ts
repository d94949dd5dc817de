import { chmod, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, Guard, type GuardedServer } from '@comms/kit';
import { TestServerError } from './reports.js';

/** How to run one server in the foreground. */
export interface ServerCommand extends GuardedServer {
  readonly name: string;
  /** Whether the server accepts work. After each start it is called until it returns true. */
  readonly isReady: () => Promise<boolean>;
}

const READY_LIMIT_MS = 90_000;
const EVERY_MS = 30;

/** A server process under a guard that ends it when this process ends. */
export class ServerProcess {
  private readonly guard = new Guard(({ ended }) => {
    this.endReason = ended ?? this.endReason;
  });
  private endReason = '';
  private stopped: Promise<void> | undefined;

  private constructor(private readonly command: ServerCommand) {}

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
    await this.guard.signalServer(name);
    if (name !== 'SIGKILL') return;
    await eventually(`${this.command.name} has ended`, () => this.hasEnded(), { everyMs: EVERY_MS });
  }

  /** Starts the server again on the same folder and ports. Ends it first where it still runs. */
  async restart(): Promise<void> {
    if (!this.hasEnded()) await this.signal('SIGKILL');
    await this.run();
  }

  /** Ends the server and removes its folder. */
  stop(): Promise<void> {
    this.stopped ??= this.guard.end();
    return this.stopped;
  }

  private async run(): Promise<void> {
    this.endReason = '';
    this.guard.startServer(this.command);
    const isReadyOrOver = async () => (await this.command.isReady()) || this.hasEnded();
    const limits = { everyMs: EVERY_MS, limitMs: READY_LIMIT_MS };
    await eventually('the server is ready', isReadyOrOver, limits).catch(async () => {
      throw await this.failure('did not become ready');
    });
    if (this.hasEnded()) throw await this.failure(`ended at start: ${this.endReason}`);
  }

  private hasEnded(): boolean {
    return this.endReason !== '';
  }

  private async failure(what: string): Promise<TestServerError> {
    const log = await readFile(this.command.logFile, 'utf8').catch(() => '');
    return new TestServerError('SERVER_DID_NOT_START', `${this.command.name} ${what}\n${log.slice(-3000)}`);
  }
}

/** A new folder for what one server keeps. Other users may pass through it: PostgreSQL does not run as root. */
export async function serverFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `comms-test-${name}-`));
  await chmod(folder, 0o711);
  return folder;
}
