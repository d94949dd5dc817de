import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.js';

export interface SourceProgram {
  readonly main: URL;
  readonly args?: readonly string[];
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** A descriptor that it gets in place of a pipe to this process. */
  readonly stdout?: number;
  readonly stderr?: number;
  /** False where no one ever reads the pipes to this process; true unless told. */
  readonly isRead?: boolean;
}

/** Runs a TypeScript program as a process, without building it. */
export function startFromSource(program: SourceProgram): RunningProgram {
  const { main, args = [], environment, stdout = 'pipe', stderr = 'pipe', isRead = true } = program;
  const hooks = JSON.stringify(new URL('typescript-hooks.mjs', import.meta.url));
  const register = `import { register } from 'node:module'; register(${hooks});`;
  const flags = [
    '--conditions=@comms/source',
    '--import',
    `data:text/javascript,${encodeURIComponent(register)}`,
  ];
  const child = spawn(process.execPath, [...flags, fileURLToPath(main), ...args], {
    env: environment,
    stdio: ['ignore', stdout, stderr],
  });
  return new RunningProgram(child, isRead);
}

export class RunningProgram {
  private out = '';
  private err = '';
  private readonly closed: Promise<unknown>;

  constructor(
    private readonly child: ChildProcess,
    isRead: boolean,
  ) {
    if (isRead) {
      child.stdout?.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
      child.stderr?.on('data', (chunk: Buffer) => (this.err += chunk.toString()));
    }
    this.closed = once(child, isRead ? 'close' : 'exit');
  }

  get stdout(): string {
    return this.out;
  }

  get stderr(): string {
    return this.err;
  }

  /** The lines of the log up to now; throws when standard output holds anything that is not JSON. */
  lines(): Record<string, unknown>[] {
    const complete = this.out.split('\n').slice(0, -1);
    return complete.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Resolves when the log holds a line of this event. */
  async hasLogged(event: string): Promise<void> {
    await eventually(() => this.lines().some(({ msg }) => msg === event));
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** The exit code, once the process has ended by itself; null when a signal ended it. */
  async exitCode(): Promise<number | null> {
    await this.closed;
    return this.child.exitCode;
  }
}
